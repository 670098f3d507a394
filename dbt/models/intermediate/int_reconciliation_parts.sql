-- Lists of prose against what they are a list of (文字中的“其中”): the parts add up to the whole (N-05), and
-- their changes to its change (N-06). A list that the text leaves incomplete is not evaluable.
with figures as (
    select
        document_key,
        section_path,
        amount_stage,
        subject,
        measure,
        coalesce(comparator, 'none') as comparator,
        coalesce(three_public_item, resource_metric, expenditure_type, subject) as part_key,
        function_level,
        class_ref,
        case measure
            when 'value' then amount_yuan
            -- A change without a direction is one only where it is nil.
            else case when direction = 'increase' or amount_yuan = 0 then amount_yuan
                    when direction = 'decrease' then -amount_yuan
                end
        end as amount_yuan,
        document_last_digit_yuan,
        source_key,
        figure_no
    from {{ ref('int_narrative_figure') }}
    where measure in ('value', 'change') and amount_yuan is not null
        and coalesce(fund_source, 'general_public_budget') in ('all', 'general_public_budget')
),

named as (
    select
        part.list_key,
        part.role,
        part.is_required,
        -- Totals of different scope share a subject: only one section speaks of the same one.
        case part.scope when 'section' then figures.section_path end as place,
        figures.* exclude (section_path)
    from figures
    inner join {{ ref('prose_parts') }} as part
        on figures.subject = part.subject and figures.part_key = part.part_key
),

-- Which classes a document lists is known from the document alone.
classed as (
    select
        'function_class' as list_key,
        case when function_level = 1 then 'part' else 'whole' end as role,
        true as is_required,
        cast(null as varchar) as place,
        figures.* exclude (section_path) replace (
            -- A total may be printed with several scopes, each of which the classes may be a list of.
            case when function_level = 1 then coalesce(class_ref, subject) else subject || ' ' || amount_yuan end
                as part_key
        )
    from figures
    where function_level = 1
        or subject in (
            select share.whole_subject from {{ ref('share_wholes') }} as share
            where share.subject = 'function_class'
        )
),

members as (
    select * from named
    union all
    select * from classed
),

printed as (
    select
        document_key,
        list_key,
        place,
        role,
        part_key,
        is_required,
        amount_stage,
        measure,
        comparator,
        arg_min(amount_yuan, figure_no) as amount_yuan,
        arg_min(source_key, figure_no) as source_key,
        max(document_last_digit_yuan) as last_digit_yuan,
        min(figure_no) as figure_no,
        count(distinct amount_yuan) = 1 as is_unambiguous
    from members
    group by document_key, list_key, place, role, part_key, is_required, amount_stage, measure, comparator
),

required_parts as (
    select
        list_key,
        count(*) as n_parts,
        count(*) filter (where is_required) as n_required
    from {{ ref('prose_parts') }}
    where role = 'part'
    group by list_key
),

value_lists as (
    select
        whole.document_key,
        whole.list_key,
        whole.place,
        whole.amount_stage,
        whole.part_key as whole_key,
        any_value(whole.amount_yuan) as left_value,
        sum(part.amount_yuan) as right_value,
        {{ rounding_tolerance('greatest(max(part.last_digit_yuan), any_value(whole.last_digit_yuan))', 'count(*)') }}
            as tolerance,
        any_value(whole.source_key) as left_source_key,
        any_value(whole.figure_no) as figure_no,
        arg_min(part.source_key, part.figure_no) as right_source_key,
        count(*) as n_listed,
        bool_and(part.is_unambiguous) and any_value(whole.is_unambiguous)
        and count(*) filter (where part.is_required) >= coalesce(any_value(required_parts.n_required), 0)
            as is_list,
        count(*) >= coalesce(any_value(required_parts.n_parts), 0) as is_full
    from printed as whole
    inner join printed as part
        on whole.document_key = part.document_key
        and whole.list_key = part.list_key
        and whole.place is not distinct from part.place
        and whole.amount_stage = part.amount_stage
        and part.role = 'part' and part.measure = 'value' and part.comparator = 'none'
    left join required_parts on whole.list_key = required_parts.list_key
    where whole.role = 'whole' and whole.measure = 'value' and whole.comparator = 'none'
    group by whole.document_key, whole.list_key, whole.place, whole.amount_stage, whole.part_key
    having count(*) > 1
),

-- Classes are told of all funds, of one, or of the appropriation: the whole that they fit is theirs, and
-- where they are told again with another scope and fit none, nothing contradicts them.
value_checks as (
    select
        lists.*,
        case
            when lists.list_key = 'function_class' and abs(lists.left_value - lists.right_value) <= lists.tolerance
                then {{ reconciled('lists.left_value', 'lists.right_value', 'lists.tolerance') }}
            when not lists.is_list or (not lists.is_full and lists.right_value < lists.left_value - lists.tolerance)
                then 'not_evaluable'
            else {{ reconciled('lists.left_value', 'lists.right_value', 'lists.tolerance') }}
        end as outcome
    from value_lists as lists
    left join {{ ref('share_wholes') }} as share
        on lists.list_key = share.subject and split_part(lists.whole_key, ' ', 1) = share.whole_subject
    qualify row_number() over (
            partition by lists.document_key, lists.list_key, lists.place, lists.amount_stage
            order by abs(lists.left_value - lists.right_value) > lists.tolerance, share.preference, lists.figure_no
        ) = 1
),

change_lists as (
    select
        whole.document_key,
        whole.list_key,
        whole.amount_stage,
        whole.comparator,
        any_value(whole.amount_yuan) as left_value,
        sum(part.amount_yuan) as right_value,
        {{ rounding_tolerance('greatest(max(part.last_digit_yuan), any_value(whole.last_digit_yuan))', 'count(*)') }}
            as tolerance,
        any_value(whole.source_key) as left_source_key,
        arg_min(part.source_key, part.figure_no) as right_source_key,
        bool_and(part.is_unambiguous) and any_value(whole.is_unambiguous)
        and count(part.amount_yuan) = any_value(value_checks.n_listed)
        and any_value(value_checks.outcome) in ('pass', 'rounding') as is_evaluable
    from printed as whole
    inner join printed as part
        on whole.document_key = part.document_key
        and whole.list_key = part.list_key
        and whole.place is not distinct from part.place
        and whole.amount_stage = part.amount_stage
        and whole.comparator = part.comparator
        and part.role = 'part' and part.measure = 'change'
    left join value_checks
        on whole.document_key = value_checks.document_key
        and whole.list_key = value_checks.list_key
        and whole.place is not distinct from value_checks.place
        and whole.amount_stage = value_checks.amount_stage
        and split_part(whole.part_key, ' ', 1) = split_part(value_checks.whole_key, ' ', 1)
    where whole.role = 'whole' and whole.measure = 'change' and whole.comparator <> 'none'
    group by
        whole.document_key, whole.list_key, whole.place, whole.amount_stage, whole.comparator, whole.part_key
    having count(*) > 1
),

all_checks as (
    select
        'N-05' as rule_id,
        document_key,
        amount_stage,
        list_key as scope,
        outcome,
        left_value,
        right_value,
        tolerance,
        left_source_key,
        right_source_key
    from value_checks
    union all
    select
        'N-06' as rule_id,
        document_key,
        amount_stage,
        list_key || ' ' || comparator as scope,
        case
            when is_evaluable then {{ reconciled('left_value', 'right_value', 'tolerance') }}
            else 'not_evaluable'
        end as outcome,
        left_value,
        right_value,
        tolerance,
        left_source_key,
        right_source_key
    from change_lists
)

select
    {{ reconciliation_columns() }}
from all_checks

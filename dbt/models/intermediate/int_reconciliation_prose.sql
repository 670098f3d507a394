-- Rules of prose (文字勾稽): changes, rates, shares, averages, figures stated twice, and what the reading
-- of the text itself found.
with figures as (
    select
        *,
        case when contains(number_text, '.') then length(split_part(number_text, '.', 2)) else 0 end as number_scale
    from {{ ref('int_narrative_figure') }}
    where subject is not null
),

-- A value, the value it is compared with, the change and its rate follow one another in a sentence;
-- the second may be left out.
sequences as (
    select
        document_key,
        amount_stage,
        subject,
        item_name,
        measure,
        direction,
        comparator,
        amount_yuan,
        ratio,
        source_key,
        lag(measure) over in_order as measure_1,
        lag(amount_yuan) over in_order as amount_1,
        lag(amount_stage) over in_order as stage_1,
        lag(comparator) over in_order as comparator_1,
        lag(direction) over in_order as direction_1,
        lag(source_key) over in_order as source_1,
        lag(measure, 2) over in_order as measure_2,
        lag(amount_yuan, 2) over in_order as amount_2,
        lag(amount_stage, 2) over in_order as stage_2,
        document_last_digit_yuan,
        coalesce(lag(document_last_digit_yuan) over in_order, 0) as last_digit_yuan,
        number_scale
    from figures
    window in_order as (partition by document_key, section_path, subject, item_name order by figure_no)
),

changes as (
    select
        *,
        case direction when 'increase' then amount_2 - amount_1 else amount_1 - amount_2 end as computed_yuan
    from sequences
    where measure = 'change' and amount_yuan is not null
        and direction in ('increase', 'decrease')
        and measure_1 = 'value' and measure_2 = 'value'
        and amount_1 is not null and amount_2 is not null
        and case comparator
            when 'prior_year' then stage_1 like 'prior%' and stage_2 not like 'prior%'
            when 'initial_budget' then stage_1 = 'initial_budget' and stage_2 <> 'initial_budget'
            else false
        end
),

change_checks as (
    select
        'N-01' as rule_id,
        document_key,
        stage_2 as amount_stage,
        coalesce(item_name, subject) as scope,
        case
            when amount_yuan = computed_yuan then 'pass'
            when abs(amount_yuan - computed_yuan) <= {{ rounding_tolerance('document_last_digit_yuan', '2') }}
                then 'rounding'
            else 'violation'
        end as outcome,
        amount_yuan as left_value,
        computed_yuan as right_value,
        {{ rounding_tolerance('document_last_digit_yuan', '2') }} as tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from changes
),

rates as (
    select
        *,
        amount_1 as change_yuan,
        case
            -- The base is printed, or it is the value less its change.
            when comparator = 'prior_year' and stage_2 like 'prior%' then amount_2
            when comparator = 'initial_budget' and stage_2 = 'initial_budget' then amount_2
            when direction_1 = 'increase' then amount_2 - amount_1
            when direction_1 = 'decrease' then amount_2 + amount_1
        end as base_yuan
    from sequences
    where measure = 'growth_ratio' and ratio is not null
        and measure_1 = 'change' and measure_2 = 'value'
        and comparator is not distinct from comparator_1
        and direction in ('increase', 'decrease')
        and amount_1 is not null and amount_2 is not null
),

rate_values as (
    select
        *,
        abs(ratio) as left_value,
        {{ exact_ratio('change_yuan', 'base_yuan') }} as right_value,
        -- Half a digit of the printed rate, and what half a digit of each amount behind it can move.
        case number_scale
            when 0 then cast(0.005 as decimal(8, 6))
            when 1 then cast(0.0005 as decimal(8, 6))
            else cast(0.00005 as decimal(8, 6))
        end
        + coalesce({{ exact_ratio('(last_digit_yuan * (cast(0.5 as decimal(2, 1)) + abs(ratio)))', 'base_yuan') }}, 0)
            as tolerance,
        {{ exact_ratio(
            'change_yuan', "case direction_1 when 'increase' then base_yuan + change_yuan else base_yuan - change_yuan end"
        ) }} as ratio_to_new_value
    from rates
    where base_yuan > 0
),

rate_checks as (
    select
        'N-02' as rule_id,
        document_key,
        amount_stage,
        -- The usual slip is to divide by the new value; where that explains the rate, say so.
        coalesce(item_name, subject) || case
            when abs(left_value - right_value) > tolerance and abs(left_value - ratio_to_new_value) <= tolerance
                then ' (÷ 本期数)'
            else ''
        end as scope,
        case
            when left_value = right_value then 'pass'
            when abs(left_value - right_value) <= tolerance then 'rounding'
            else 'violation'
        end as outcome,
        left_value,
        right_value,
        tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from rate_values
),

direction_checks as (
    select
        'N-03' as rule_id,
        document_key,
        stage_2 as amount_stage,
        coalesce(item_name, subject) as scope,
        {{ reconciled(
            'amount_2', 'amount_1', rounding_tolerance('document_last_digit_yuan', '1'),
            "case direction when 'increase' then 'ge' else 'le' end"
        ) }} as outcome,
        amount_2 as left_value,
        amount_1 as right_value,
        {{ rounding_tolerance('document_last_digit_yuan', '1') }} as tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from changes
),

-- The first print of what a share may be a share of.
wholes as (
    select
        document_key,
        amount_stage,
        subject,
        amount_yuan,
        document_last_digit_yuan,
        source_key
    from figures
    where measure = 'value' and coalesce(comparator, 'none') = 'none' and amount_yuan > 0
        and subject in (select share.whole_subject from {{ ref('share_wholes') }} as share)
    qualify row_number() over (partition by document_key, amount_stage, subject order by figure_no) = 1
),

shares as (
    select
        sequences.document_key,
        sequences.amount_stage,
        coalesce(sequences.item_name, sequences.subject) as scope,
        sequences.ratio as left_value,
        {{ exact_ratio('sequences.amount_1', 'wholes.amount_yuan') }} as right_value,
        case sequences.number_scale
            when 0 then cast(0.005 as decimal(8, 6))
            when 1 then cast(0.0005 as decimal(8, 6))
            else cast(0.00005 as decimal(8, 6))
        end + coalesce({{ exact_ratio(
            'greatest(sequences.last_digit_yuan, wholes.document_last_digit_yuan)', 'wholes.amount_yuan'
        ) }}, 0) as tolerance,
        sequences.source_key as left_source_key,
        sequences.source_1 as right_source_key
    from sequences
    inner join {{ ref('share_wholes') }} as share on sequences.subject = share.subject
    inner join wholes
        on sequences.document_key = wholes.document_key
        and sequences.stage_1 = wholes.amount_stage
        and share.whole_subject = wholes.subject
    where sequences.measure = 'share_ratio' and sequences.ratio is not null
        and sequences.comparator = 'whole'
        and sequences.measure_1 = 'value' and sequences.amount_1 is not null
),

share_checks as (
    {{ two_sided_check('N-04', 'shares') }}
),

-- Only figures whose meaning is the same wherever they stand.
restated as (
    select
        document_key,
        amount_stage,
        coalesce(function_code, subject) as scope,
        arg_min(amount_yuan, figure_no) as left_value,
        arg_max(amount_yuan, figure_no) as right_value,
        max(document_last_digit_yuan) as tolerance,
        arg_min(source_key, figure_no) as left_source_key,
        arg_max(source_key, figure_no) as right_source_key
    from figures
    where measure = 'value' and coalesce(comparator, 'none') = 'none' and amount_yuan is not null
        and coalesce(expenditure_type, 'unspecified') = 'unspecified'
        and (
            subject in (
                'revenue_current_total', 'expenditure_current_total', 'general_public_budget_expenditure',
                'operating_expenses'
            )
            or (length(function_code) = 7 and function_level = 3)
        )
    group by document_key, amount_stage, coalesce(function_code, subject), coalesce(fund_source, 'all')
    having count(*) > 1
),

restatement_checks as (
    {{ two_sided_check('N-07', 'restated') }}
),

averages as (
    select
        figure.document_key,
        figure.amount_stage,
        coalesce(figure.item_name, figure.three_public_item) as scope,
        figure.amount_yuan as left_value,
        {{ exact_quotient(
            'fact.amount_yuan',
            "case when fact.item in ('overseas_travel', 'reception') then fact.person_count else fact.vehicle_count end"
        ) }} as right_value,
        figure.last_digit_yuan + {{ exact_quotient(
            'figure.last_digit_yuan',
            "case when fact.item in ('overseas_travel', 'reception') then fact.person_count else fact.vehicle_count end"
        ) }} as tolerance,
        figure.source_key as left_source_key,
        fact.source_key as right_source_key
    from figures as figure
    inner join {{ ref('history_fact_three_public') }} as fact
        on figure.document_key = fact.document_key
        and figure.amount_stage = fact.amount_stage
        and figure.three_public_item = fact.item
    where figure.measure = 'average' and figure.amount_yuan is not null
        and coalesce(figure.comparator, 'none') = 'none'
),

average_checks as (
    {{ two_sided_check('N-09', 'averages') }}
),

share_range_checks as (
    select
        'ALL-01' as rule_id,
        document_key,
        amount_stage,
        coalesce(item_name, subject) as scope,
        'violation' as outcome,
        ratio as left_value,
        cast(1 as decimal(2, 1)) as right_value,
        cast(0 as decimal(2, 1)) as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from figures
    where measure = 'share_ratio' and comparator = 'whole' and (ratio > 1 or ratio < 0)
),

text_checks as (
    select
        rule.rule_id,
        finding.document_key,
        cast(null as varchar) as amount_stage,
        finding.detail || case when count(*) > 1 then ' (+' || (count(*) - 1) || ')' else '' end as scope,
        'violation' as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        min(finding.source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from {{ ref('stg_finding') }} as finding
    inner join {{ ref('finding_rules') }} as rule on finding.code = rule.code
    group by rule.rule_id, finding.document_key, finding.detail
),

all_checks as (
    {% for relation in [
        'change_checks', 'rate_checks', 'direction_checks', 'share_checks', 'restatement_checks', 'average_checks',
        'share_range_checks', 'text_checks'
    ] -%}
        select * replace ({{ exact_sides() }}) from {{ relation }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor -%}
)

select
    {{ reconciliation_columns() }}
from all_checks

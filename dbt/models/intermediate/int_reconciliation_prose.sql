-- Rules of prose (文字勾稽): shares, averages, figures stated twice, and what the reading of the text itself
-- found. Changes and lists have models of their own.
with figures as (
    select * from {{ ref('int_narrative_figure') }}
    where subject is not null
),

-- A list whose total is not printed is a whole as well: 基本支出52%，项目支出48%.
listed as (
    select
        document_key,
        amount_stage,
        section_path,
        case
            when subject = 'revenue_item' then 'listed_revenue'
            when subject = 'function_class' then 'listed_classes'
            else 'listed_natures'
        end as subject,
        amount_yuan,
        document_last_digit_yuan,
        figure_no
    from figures
    where measure = 'value' and coalesce(comparator, 'none') = 'none' and amount_yuan is not null
        and subject in (
            'revenue_item', 'function_class', 'basic_expenditure', 'project_expenditure', 'expenditure_item'
        )
    qualify row_number() over (
            partition by document_key, amount_stage, section_path, subject, item_name order by figure_no
        ) = 1
),

-- All that a share may be a share of: 占71.1% after 一般公共预算支出 is of that, elsewhere of 本年支出.
wholes as (
    select
        document_key,
        amount_stage,
        subject,
        amount_yuan,
        min(figure_no) as figure_no,
        max(document_last_digit_yuan) as document_last_digit_yuan
    from figures
    where measure = 'value' and coalesce(comparator, 'none') = 'none' and amount_yuan > 0
        and subject in (select share.whole_subject from {{ ref('share_wholes') }} as share)
    group by document_key, amount_stage, subject, amount_yuan
    union all
    select
        document_key,
        amount_stage,
        subject,
        sum(amount_yuan) as amount_yuan,
        min(figure_no) as figure_no,
        max(document_last_digit_yuan) as document_last_digit_yuan
    from listed
    group by document_key, amount_stage, section_path, subject
    having count(*) > 1 and sum(amount_yuan) > 0
),

possible_shares as (
    select
        sequences.document_key,
        sequences.amount_stage,
        coalesce(sequences.item_name, sequences.subject) as scope,
        sequences.ratio as left_value,
        {{ exact_ratio('sequences.amount_1', 'wholes.amount_yuan') }} as right_value,
        {{ half_a_digit_of_percent('sequences.number_scale') }} + coalesce({{ exact_ratio(
            'greatest(sequences.last_digit_yuan, wholes.document_last_digit_yuan)', 'wholes.amount_yuan'
        ) }}, 0) as tolerance,
        sequences.source_key as left_source_key,
        sequences.source_1 as right_source_key,
        share.preference,
        wholes.figure_no
    from {{ ref('int_narrative_sequence') }} as sequences
    inner join {{ ref('share_wholes') }} as share on sequences.subject = share.subject
    inner join wholes
        on sequences.document_key = wholes.document_key
        and sequences.stage_1 = wholes.amount_stage
        and share.whole_subject = wholes.subject
    where sequences.measure = 'share_ratio' and sequences.ratio is not null
        and sequences.comparator = 'whole'
        and sequences.measure_1 = 'value' and sequences.amount_1 is not null
),

-- The whole that fits; where none does, the likeliest one contradicts the share.
shares as (
    select * exclude (preference, figure_no)
    from possible_shares
    qualify row_number() over (
            partition by left_source_key
            order by abs(left_value - right_value) > tolerance, preference, figure_no
        ) = 1
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
        -- 当年拨款 is what the year brings to the fund, its 支出 has what was carried over as well.
        and not regexp_matches(coalesce(item_name, ''), '[年当](?:财政)?拨款')
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
        'share_checks', 'restatement_checks', 'average_checks', 'share_range_checks', 'text_checks'
    ] -%}
        select * replace ({{ exact_sides() }}) from {{ relation }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor -%}
)

select
    {{ reconciliation_columns() }}
from all_checks

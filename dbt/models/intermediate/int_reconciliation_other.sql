-- Rules with a form of their own: the cut of expenditure, functions across two tables, rates in
-- prose, and the ratios and scores of performance forms.
with cut_checks as (
    select
        'CUT-01' as rule_id,
        cut.document_key,
        cut.amount_stage,
        cut.amount_stage || ' ' || cut.cut_id as scope,
        case cut.outcome when 'partial' then 'not_evaluable' else cut.outcome end as outcome,
        cut.leaves_yuan as left_value,
        cut.total_yuan as right_value,
        cut.leaves_yuan - cut.total_yuan as difference,
        cut.tolerance_yuan as tolerance,
        cast(null as varchar) as left_source_key,
        total.source_key as right_source_key
    from {{ ref('int_expenditure_cut') }} as cut
    left join {{ ref('int_expenditure_total') }} as total
        on cut.document_key = total.document_key and cut.amount_stage = total.amount_stage
),

function_sums as (
    select
        document_key,
        amount_stage,
        statement_code,
        function_code,
        sum(amount_yuan) as amount_yuan,
        count(*) as n_leaves,
        max(table_last_digit_yuan) as last_digit_yuan,
        min(source_key) as source_key
    from {{ ref('int_expenditure_table_leaf') }}
    where statement_code in ('B3', 'B6') and function_code is not null
    group by document_key, amount_stage, statement_code, function_code
),

-- The two tables list the same money only where their totals agree.
same_money as (
    select
        document_key,
        amount_stage
    from function_sums
    group by document_key, amount_stage
    having sum(amount_yuan) filter (where statement_code = 'B3')
        = sum(amount_yuan) filter (where statement_code = 'B6')
),

function_checks as (
    select
        'BX-05' as rule_id,
        whole.document_key,
        whole.amount_stage,
        whole.function_code as scope,
        case
            when whole.amount_yuan = general.amount_yuan then 'pass'
            when abs(whole.amount_yuan - general.amount_yuan)
                <= {{ rounding_tolerance('whole.last_digit_yuan', 'whole.n_leaves') }} then 'rounding'
            else 'violation'
        end as outcome,
        whole.amount_yuan as left_value,
        general.amount_yuan as right_value,
        whole.amount_yuan - general.amount_yuan as difference,
        {{ rounding_tolerance('whole.last_digit_yuan', 'whole.n_leaves') }} as tolerance,
        whole.source_key as left_source_key,
        general.source_key as right_source_key
    from function_sums as whole
    inner join same_money
        on whole.document_key = same_money.document_key and whole.amount_stage = same_money.amount_stage
    inner join function_sums as general
        on whole.document_key = general.document_key
        and whole.amount_stage = general.amount_stage
        and whole.function_code = general.function_code
        and general.statement_code = 'B6'
    where whole.statement_code = 'B3'
),

-- A value, its change and the rate of change follow one another in one sentence.
sequences as (
    select
        document_key,
        amount_stage,
        subject,
        item_name,
        figure_no,
        measure,
        direction,
        comparator,
        amount_yuan,
        ratio,
        source_key,
        lag(measure) over change_order as measure_before,
        lag(amount_yuan) over change_order as amount_before,
        lag(comparator) over change_order as comparator_before,
        lag(direction) over change_order as direction_before,
        lag(source_key) over change_order as source_before,
        lag(measure, 2) over change_order as measure_before_that,
        lag(amount_yuan, 2) over change_order as amount_before_that,
        number_scale
    from (
        select
            *,
            case when contains(number_text, '.') then length(split_part(number_text, '.', 2)) else 0 end as number_scale
        from {{ ref('int_narrative_figure') }}
        where subject is not null
    )
    window change_order as (
        partition by document_key, section_path, subject, item_name order by figure_no
    )
),

rates as (
    select
        *,
        case direction_before
            when 'increase' then amount_before_that - amount_before
            when 'decrease' then amount_before_that + amount_before
        end as base_yuan
    from sequences
    where measure = 'growth_ratio' and ratio is not null
        and measure_before = 'change' and measure_before_that = 'value'
        and comparator is not distinct from comparator_before
        and direction in ('increase', 'decrease')
        and amount_before is not null and amount_before_that is not null
),

rate_values as (
    select
        *,
        abs(ratio) as left_value,
        {{ exact_ratio('amount_before', 'base_yuan') }} as right_value,
        -- Half a digit of the printed rate, and as much again for the rounded amounts behind it.
        case number_scale
            when 0 then cast(0.01 as decimal(8, 6))
            when 1 then cast(0.001 as decimal(8, 6))
            else cast(0.0001 as decimal(8, 6))
        end as tolerance
    from rates
    where base_yuan > 0
),

rate_checks as (
    select
        'N-02' as rule_id,
        document_key,
        amount_stage,
        coalesce(item_name, subject) as scope,
        case
            when left_value = right_value then 'pass'
            when abs(left_value - right_value) <= tolerance then 'rounding'
            else 'violation'
        end as outcome,
        left_value,
        right_value,
        left_value - right_value as difference,
        tolerance,
        source_key as left_source_key,
        source_before as right_source_key
    from rate_values
),

projects as (
    select * from {{ ref('history_fact_project_performance') }}
    where phase = 'result'
),

project_checks as (
    select
        'P-03' as rule_id,
        document_key,
        'execution' as amount_stage,
        coalesce(project_name, '') as scope,
        case
            when execution_ratio is null or execution_ratio_published is null then 'not_evaluable'
            when execution_ratio = execution_ratio_published then 'pass'
            when abs(execution_ratio - execution_ratio_published) <= cast(0.001 as decimal(4, 3)) then 'rounding'
            else 'violation'
        end as outcome,
        execution_ratio_published as left_value,
        execution_ratio as right_value,
        execution_ratio_published - execution_ratio as difference,
        cast(0.001 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        executed_source_key as right_source_key
    from projects
    union all
    select
        'P-05' as rule_id,
        document_key,
        'execution' as amount_stage,
        coalesce(project_name, '') as scope,
        case
            when total_score is null or total_score_published is null then 'not_evaluable'
            when total_score = total_score_published then 'pass'
            when abs(total_score - total_score_published) <= cast(0.05 as decimal(3, 2)) then 'rounding'
            else 'violation'
        end as outcome,
        total_score_published as left_value,
        total_score as right_value,
        total_score_published - total_score as difference,
        cast(0.05 as decimal(3, 2)) as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from projects
)

select
    rule_id,
    document_key,
    amount_stage,
    scope,
    outcome,
    cast(left_value as decimal(24, 6)) as left_value,
    cast(right_value as decimal(24, 6)) as right_value,
    cast(difference as decimal(24, 6)) as difference,
    cast(tolerance as decimal(24, 6)) as tolerance,
    left_source_key,
    right_source_key
from (
    select * from cut_checks
    union all
    select * from function_checks
    union all
    select * from rate_checks
    union all
    select * from project_checks
)

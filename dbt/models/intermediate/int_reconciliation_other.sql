-- Rules with a form of their own: the cut of expenditure, functions across two tables, rates in
-- prose, and the ratios and scores of performance forms.
with cut_checks as (
    select
        'CUT-01' as rule_id,
        cut.document_key,
        cut.amount_stage,
        cut.amount_stage || ' ' || cut.cut_id as scope,
        case cut.outcome when 'partial' then 'not_evaluable' else cut.outcome end as outcome,
        cast(cut.leaves_yuan as decimal(24, 6)) as left_value,
        cast(cut.total_yuan as decimal(24, 6)) as right_value,
        cast(cut.leaves_yuan - cut.total_yuan as decimal(24, 6)) as difference,
        cast(cut.tolerance_yuan as decimal(24, 6)) as tolerance,
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
        cast(whole.amount_yuan as decimal(24, 6)) as left_value,
        cast(general.amount_yuan as decimal(24, 6)) as right_value,
        cast(whole.amount_yuan - general.amount_yuan as decimal(24, 6)) as difference,
        cast({{ rounding_tolerance('whole.last_digit_yuan', 'whole.n_leaves') }} as decimal(24, 6)) as tolerance,
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

figures as (
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
        cast(amount_yuan as decimal(24, 6)) as left_value,
        cast(computed_yuan as decimal(24, 6)) as right_value,
        cast(amount_yuan - computed_yuan as decimal(24, 6)) as difference,
        cast({{ rounding_tolerance('document_last_digit_yuan', '2') }} as decimal(24, 6)) as tolerance,
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
        cast(left_value as decimal(24, 6)) as left_value,
        cast(right_value as decimal(24, 6)) as right_value,
        cast(left_value - right_value as decimal(24, 6)) as difference,
        cast(tolerance as decimal(24, 6)) as tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
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
),

all_checks as (
    select * from cut_checks
    union all
    select * from function_checks
    union all
    select * from change_checks
    union all
    select * from rate_checks
    union all
    select * from project_checks
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
from all_checks

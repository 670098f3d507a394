{%- set fiscal_parts -%}
    (
        'fiscal_superior', 'fiscal_own_level', 'fiscal_other_level', 'fiscal_general', 'fiscal_fund', 'fiscal_capital'
    )
{%- endset -%}
-- Rules over performance forms as a whole (绩效自评表勾稽): weights, execution, totals, grades and funds.
with projects as (
    select * from {{ ref('history_fact_project_performance') }}
),

indicators as (
    select
        indicator.*,
        project.execution_weight is not null as has_execution_weight
    from {{ ref('history_fact_performance_indicator') }} as indicator
    left join projects as project
        on indicator.document_key = project.document_key and indicator.project_no = project.project_no
),

weights as (
    select
        document_key,
        project_no,
        sum(weight) as weight,
        count(weight) = count(*) as is_weighted
    from indicators
    where phase = 'result'
    group by document_key, project_no
),

scored_projects as (
    select
        projects.document_key,
        coalesce(projects.project_name, '') as scope,
        projects.execution_ratio,
        projects.execution_ratio_published,
        projects.execution_weight,
        projects.execution_score,
        projects.total_score,
        projects.total_score_published,
        projects.grade_published,
        case when weights.is_weighted and projects.execution_weight is not null
                then weights.weight + projects.execution_weight
        end as total_weight,
        projects.source_key,
        projects.executed_source_key
    from projects
    left join weights
        on projects.document_key = weights.document_key and projects.project_no = weights.project_no
    where projects.phase = 'result'
),

project_sides as (
    select
        'P-01' as rule_id,
        document_key,
        scope,
        total_weight as left_value,
        cast(100 as decimal(9, 4)) as right_value,
        cast(0.01 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from scored_projects
    union all
    select
        'P-03' as rule_id,
        document_key,
        scope,
        execution_ratio_published as left_value,
        execution_ratio as right_value,
        cast(0.001 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        executed_source_key as right_source_key
    from scored_projects
    union all
    select
        'P-04' as rule_id,
        document_key,
        scope,
        execution_score as left_value,
        execution_weight * least(coalesce(execution_ratio, execution_ratio_published), 1) as right_value,
        cast(0.06 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        executed_source_key as right_source_key
    from scored_projects
    union all
    select
        'P-05' as rule_id,
        document_key,
        scope,
        total_score_published as left_value,
        total_score as right_value,
        cast(0.05 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from scored_projects
),

project_checks as (
    select
        rule_id,
        document_key,
        scope,
        {{ reconciled('left_value', 'right_value', 'tolerance') }} as outcome,
        left_value,
        right_value,
        tolerance,
        left_source_key,
        right_source_key
    from project_sides
),

-- A grade is wrong where no scheme that knows it has the score in its band.
grade_checks as (
    select
        'P-07' as rule_id,
        project.document_key,
        project.scope || ' ' || any_value(project.grade_published) as scope,
        case
            when bool_or(
                    any_band.low_score <= project.total_score_published
                    and (project.total_score_published < any_band.high_score or any_band.high_score = 100)
                ) then 'pass'
            else 'violation'
        end as outcome,
        any_value(project.total_score_published) as left_value,
        min(any_band.low_score) as right_value,
        cast(0 as decimal(4, 3)) as tolerance,
        project.source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from scored_projects as project
    inner join {{ ref('grade_bands') }} as any_band on left(trim(project.grade_published), 1) = any_band.grade
    where project.total_score_published is not null
    group by project.document_key, project.scope, project.source_key
),

level_weights as (
    select
        document_key,
        project_no,
        coalesce(any_value(project_name), '') as scope,
        level1_code,
        sum(weight) as weight,
        min(source_key) as source_key
    from indicators
    where phase = 'result' and weight is not null and has_execution_weight
    group by document_key, project_no, level1_code
),

schemes as (
    select distinct scheme_id
    from {{ ref('weight_schemes') }}
),

scheme_fits as (
    select
        level_weights.document_key,
        level_weights.project_no,
        scheme.scheme_id,
        any_value(level_weights.scope) as scope,
        count(*) filter (where known.weight is distinct from level_weights.weight) as n_differing,
        min(level_weights.source_key) as source_key
    from level_weights
    cross join schemes as scheme
    left join {{ ref('weight_schemes') }} as known
        on scheme.scheme_id = known.scheme_id and level_weights.level1_code = known.level1_code
    group by level_weights.document_key, level_weights.project_no, scheme.scheme_id
),

scheme_checks as (
    select
        'P-02' as rule_id,
        document_key,
        any_value(scope) as scope,
        case when min(n_differing) = 0 then 'pass' else 'violation' end as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        min(source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from scheme_fits
    group by document_key, project_no
),

-- 年度资金总额 against its parts; 财政拨款 holds 上级, 本级 and the funds where it is printed itself.
funds as (
    select
        document_key,
        amount_stage,
        table_index,
        project_key,
        any_value(project_name) as scope,
        max(amount_yuan) filter (where label_key = 'funds_total') as left_value,
        sum(amount_yuan) filter (
            where line_role = 'of_which'
            and label_key not in {{ fiscal_parts }}
        ) as main_yuan,
        sum(amount_yuan) filter (
            where label_key in {{ fiscal_parts }}
        ) as levels_yuan,
        bool_or(label_key in ('fiscal', 'fiscal_current_year')) as has_fiscal,
        count(*) filter (where line_role = 'of_which') as n_parts,
        max(table_last_digit_yuan) as last_digit_yuan,
        min(source_key) filter (where label_key = 'funds_total') as left_source_key,
        min(source_key) filter (where line_role = 'of_which') as right_source_key
    from {{ ref('int_statement_line') }}
    where statement_code in ('PF', 'PD')
    group by document_key, amount_stage, table_index, project_key
    having count(*) filter (where label_key = 'funds_total') = 1
),

fund_sides as (
    select
        *,
        coalesce(main_yuan, 0) + case when has_fiscal then 0 else coalesce(levels_yuan, 0) end as right_value
    from funds
    where n_parts > 0
),

fund_checks as (
    select
        'P-12' as rule_id,
        document_key,
        amount_stage || ' ' || coalesce(scope, '') as scope,
        case
            -- Parts that are not printed may hold the rest.
            when right_value < left_value and n_parts < 3 then 'not_evaluable'
            else {{ reconciled('left_value', 'right_value', rounding_tolerance('last_digit_yuan', 'n_parts')) }}
        end as outcome,
        left_value,
        right_value,
        {{ rounding_tolerance('last_digit_yuan', 'n_parts') }} as tolerance,
        left_source_key,
        right_source_key
    from fund_sides
),

-- Projects of a self-evaluation against the budget of the year.
budgeted as (
    select
        line.project_key,
        document.department_id,
        document.fiscal_year,
        sum(line.amount_yuan) as amount_yuan,
        max(line.table_last_digit_yuan) as last_digit_yuan,
        min(line.source_key) as source_key
    from {{ ref('int_statement_line') }} as line
    inner join {{ ref('int_document') }} as document on line.document_key = document.document_key
    where line.statement_code = 'B4' and line.measure_code = 'total' and line.line_role = 'leaf'
        and document.is_current and line.project_key is not null
    group by line.project_key, document.department_id, document.fiscal_year
),

budget_checks as (
    select
        'P-14' as rule_id,
        project.document_key,
        coalesce(project.project_name, '') as scope,
        case
            -- 全年预算 alone may have been adjusted since the budget was published.
            when project.initial_budget_yuan is null and project.adjusted_budget_yuan <> budgeted.amount_yuan
                then 'not_evaluable'
            else {{ reconciled(
                'coalesce(project.initial_budget_yuan, project.adjusted_budget_yuan)', 'budgeted.amount_yuan',
                rounding_tolerance('greatest(budgeted.last_digit_yuan, 100)', '1')
            ) }}
        end as outcome,
        coalesce(project.initial_budget_yuan, project.adjusted_budget_yuan) as left_value,
        budgeted.amount_yuan as right_value,
        {{ rounding_tolerance('greatest(budgeted.last_digit_yuan, 100)', '1') }} as tolerance,
        project.source_key as left_source_key,
        budgeted.source_key as right_source_key
    from projects as project
    inner join {{ ref('int_document') }} as document on project.document_key = document.document_key
    inner join budgeted
        on project.project_key = budgeted.project_key
        and document.department_id = budgeted.department_id
        and document.fiscal_year = budgeted.fiscal_year
    where project.phase = 'result'
),

all_checks as (
    {% for relation in [
        'project_checks', 'grade_checks', 'scheme_checks', 'fund_checks', 'budget_checks'
    ] -%}
        select * replace ({{ exact_sides() }}) from {{ relation }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor -%}
),

staged as (
    select
        *,
        'execution' as amount_stage
    from all_checks
)

select
    {{ reconciliation_columns() }}
from staged

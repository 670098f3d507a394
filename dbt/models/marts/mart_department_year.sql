-- The headline figures of a department in a year. Ratios are sum over sum.
with years as (
    select distinct
        department_key,
        fiscal_year
    from {{ ref('dim_document') }}
    where is_current
),

documents as (
    select
        department_key,
        fiscal_year,
        count(*) as n_documents
    from {{ ref('dim_document') }}
    where department_key is not null and fiscal_year is not null
    group by department_key, fiscal_year
),

spending as (
    select
        department_key,
        fiscal_year,
        sum(initial_budget_yuan) as initial_budget_yuan,
        sum(adjusted_budget_yuan) as adjusted_budget_yuan,
        sum(final_account_yuan) as final_account_yuan,
        sum(prior_year_final_yuan) as prior_year_final_yuan,
        bool_and(is_rollup_base) as is_rollup_base
    from {{ ref('mart_budget_execution') }}
    where function_level = 0
    group by department_key, fiscal_year
),

natures as (
    select
        department_key,
        fiscal_year,
        sum(final_account_yuan) filter (where expenditure_type = 'basic') as basic_final_yuan,
        sum(final_account_yuan) filter (where expenditure_type = 'project') as project_final_yuan
    from {{ ref('mart_budget_execution') }}
    where function_level = 0
    group by department_key, fiscal_year
),

revenue as (
    select
        department_key,
        fiscal_year,
        sum(amount_yuan) as revenue_final_yuan
    from {{ ref('fact_revenue') }}
    where amount_stage = 'final_account' and not is_carry_over
    group by department_key, fiscal_year
),

three_public as (
    select
        department_key,
        fiscal_year,
        sum(amount_yuan) filter (where amount_stage = 'final_account') as three_public_final_yuan
    from {{ ref('fact_three_public') }}
    group by department_key, fiscal_year
),

indicators as (
    select
        department_key,
        fiscal_year,
        count(*) as n_indicators,
        count(*) filter (where phase = 'result' and attainment_status <> 'unknown') as n_comparable_indicators,
        count(*) filter (where phase = 'result' and attainment_status = 'met') as n_met_indicators,
        count(*) filter (where full_marks_missed) as n_full_marks_missed
    from {{ ref('fact_performance_indicator') }}
    group by department_key, fiscal_year
),

projects as (
    select
        department_key,
        fiscal_year,
        count(*) as n_evaluated_projects,
        sum(executed_yuan) filter (where adjusted_budget_yuan is not null) as project_executed_yuan,
        sum(adjusted_budget_yuan) filter (where executed_yuan is not null) as project_budget_yuan
    from {{ ref('fact_project_performance') }}
    where phase = 'result' and scope = 'project'
    group by department_key, fiscal_year
),

findings as (
    select
        document.department_key,
        document.fiscal_year,
        count(*) as n_findings
    from {{ ref('stg_finding') }} as finding
    inner join {{ ref('dim_document') }} as document on finding.document_key = document.document_key
    where document.is_current
    group by document.department_key, document.fiscal_year
),

reconciliation as (
    select
        department_key,
        fiscal_year,
        count(*) filter (where outcome = 'violation' and severity <> 'info') as n_violations,
        count(*) filter (where outcome in ('pass', 'rounding')) as n_reconciled,
        count(*) filter (
            where outcome in ('pass', 'rounding') or (outcome = 'violation' and severity <> 'info')
        ) as n_evaluable_rules
    from {{ ref('fact_reconciliation') }}
    where is_current
    group by department_key, fiscal_year
)

select
    {{ key_of(['years.department_key', 'years.fiscal_year']) }} as department_year_key,
    years.department_key,
    department.department_id,
    department.department_name,
    department.region_name,
    years.fiscal_year,
    make_date(years.fiscal_year, 12, 31) as fiscal_year_end,
    cast(documents.n_documents as bigint) as n_documents,
    cast(spending.initial_budget_yuan as decimal(20, 2)) as initial_budget_yuan,
    cast(spending.adjusted_budget_yuan as decimal(20, 2)) as adjusted_budget_yuan,
    cast(spending.final_account_yuan as decimal(20, 2)) as final_account_yuan,
    cast(spending.prior_year_final_yuan as decimal(20, 2)) as prior_year_final_yuan,
    cast(natures.basic_final_yuan as decimal(20, 2)) as basic_final_yuan,
    cast(natures.project_final_yuan as decimal(20, 2)) as project_final_yuan,
    cast(revenue.revenue_final_yuan as decimal(20, 2)) as revenue_final_yuan,
    cast(three_public.three_public_final_yuan as decimal(20, 2)) as three_public_final_yuan,
    {{ exact_ratio(
        'spending.final_account_yuan', 'coalesce(spending.adjusted_budget_yuan, spending.initial_budget_yuan)'
    ) }} as execution_ratio,
    {{ exact_ratio(
        '(spending.final_account_yuan - spending.prior_year_final_yuan)', 'spending.prior_year_final_yuan'
    ) }} as growth_ratio,
    {{ exact_ratio('natures.project_final_yuan', 'spending.final_account_yuan') }} as project_share_ratio,
    cast(coalesce(projects.n_evaluated_projects, 0) as bigint) as n_evaluated_projects,
    {{ exact_ratio('projects.project_executed_yuan', 'projects.project_budget_yuan') }} as project_execution_ratio,
    cast(coalesce(indicators.n_indicators, 0) as bigint) as n_indicators,
    cast(coalesce(indicators.n_comparable_indicators, 0) as bigint) as n_comparable_indicators,
    cast(coalesce(indicators.n_met_indicators, 0) as bigint) as n_met_indicators,
    cast(coalesce(indicators.n_full_marks_missed, 0) as bigint) as n_full_marks_missed,
    {{ exact_ratio('indicators.n_met_indicators', 'indicators.n_comparable_indicators') }} as attainment_ratio,
    cast(coalesce(findings.n_findings, 0) as bigint) as n_findings,
    cast(coalesce(reconciliation.n_violations, 0) as bigint) as n_violations,
    {{ exact_ratio('reconciliation.n_reconciled', 'reconciliation.n_evaluable_rules') }} as reconciliation_pass_ratio,
    coalesce(spending.is_rollup_base, true) as is_rollup_base
from years
inner join {{ ref('dim_department') }} as department on years.department_key = department.department_key
left join documents on years.department_key = documents.department_key and years.fiscal_year = documents.fiscal_year
left join spending on years.department_key = spending.department_key and years.fiscal_year = spending.fiscal_year
left join natures on years.department_key = natures.department_key and years.fiscal_year = natures.fiscal_year
left join revenue on years.department_key = revenue.department_key and years.fiscal_year = revenue.fiscal_year
left join three_public
    on years.department_key = three_public.department_key and years.fiscal_year = three_public.fiscal_year
left join indicators
    on years.department_key = indicators.department_key and years.fiscal_year = indicators.fiscal_year
left join projects on years.department_key = projects.department_key and years.fiscal_year = projects.fiscal_year
left join findings on years.department_key = findings.department_key and years.fiscal_year = findings.fiscal_year
left join reconciliation
    on years.department_key = reconciliation.department_key and years.fiscal_year = reconciliation.fiscal_year

-- One row per department, year, functional class of each level and nature of expenditure. Filter on
-- one function_level before summing; level 0 is the whole.
with amounts as (
    select
        department.department_id,
        fact.department_key,
        fact.fiscal_year,
        fact.is_rollup_base,
        fact.expenditure_type,
        fact.function_code,
        fact.amount_stage,
        fact.amount_yuan
    from {{ ref('fact_expenditure') }} as fact
    inner join {{ ref('dim_department') }} as department on fact.department_key = department.department_key
),

levels as (
    select unnest([0, 1, 2, 3]) as function_level
),

levelled as (
    select
        amounts.* exclude (function_code),
        levels.function_level,
        case when levels.function_level > 0 then left(amounts.function_code, 2 * levels.function_level + 1) end
            as function_code
    from amounts
    cross join levels
    where levels.function_level = 0 or length(amounts.function_code) >= 2 * levels.function_level + 1
),

pivoted as (
    select
        department_id,
        department_key,
        fiscal_year,
        function_level,
        function_code,
        expenditure_type,
        bool_and(is_rollup_base) as is_rollup_base,
        sum(amount_yuan) filter (where amount_stage = 'initial_budget') as initial_budget_yuan,
        sum(amount_yuan) filter (where amount_stage = 'adjusted_budget') as adjusted_budget_yuan,
        sum(amount_yuan) filter (where amount_stage = 'final_account') as final_account_yuan,
        sum(amount_yuan) filter (where amount_stage = 'prior_year_final') as stated_prior_year_final_yuan
    from levelled
    group by department_id, department_key, fiscal_year, function_level, function_code, expenditure_type
),

compared as (
    select
        this_year.*,
        coalesce(last_year.final_account_yuan, this_year.stated_prior_year_final_yuan) as prior_year_final_yuan,
        coalesce(this_year.adjusted_budget_yuan, this_year.initial_budget_yuan) as execution_base_yuan
    from pivoted as this_year
    left join pivoted as last_year
        on this_year.department_id = last_year.department_id
        and this_year.fiscal_year = last_year.fiscal_year + 1
        and this_year.function_level = last_year.function_level
        and this_year.function_code is not distinct from last_year.function_code
        and this_year.expenditure_type = last_year.expenditure_type
),

names as (
    select
        function_code,
        arg_max(function_name, last_seen_year) as function_name
    from {{ ref('dim_function_class') }}
    group by function_code
)

select
    {{ key_of([
        'compared.department_key', 'compared.fiscal_year', 'compared.function_level',
        'compared.function_code', 'compared.expenditure_type'
    ]) }} as budget_execution_key,
    compared.department_key,
    department.department_name,
    compared.fiscal_year,
    make_date(compared.fiscal_year, 12, 31) as fiscal_year_end,
    cast(compared.function_level as integer) as function_level,
    compared.function_code,
    names.function_name,
    compared.expenditure_type,
    cast(compared.initial_budget_yuan as decimal(20, 2)) as initial_budget_yuan,
    cast(compared.adjusted_budget_yuan as decimal(20, 2)) as adjusted_budget_yuan,
    cast(compared.final_account_yuan as decimal(20, 2)) as final_account_yuan,
    cast(compared.prior_year_final_yuan as decimal(20, 2)) as prior_year_final_yuan,
    case
        when compared.adjusted_budget_yuan is not null then 'adjusted_budget'
        when compared.initial_budget_yuan is not null then 'initial_budget'
    end as execution_basis,
    {{ exact_ratio('compared.final_account_yuan', 'compared.execution_base_yuan') }} as execution_ratio,
    {{ exact_ratio('(compared.final_account_yuan - compared.initial_budget_yuan)', 'compared.initial_budget_yuan') }}
        as deviation_ratio,
    {{ exact_ratio(
        '(compared.final_account_yuan - compared.prior_year_final_yuan)', 'compared.prior_year_final_yuan'
    ) }} as growth_ratio,
    compared.is_rollup_base
from compared
inner join {{ ref('dim_department') }} as department on compared.department_key = department.department_key
left join names on compared.function_code = names.function_code

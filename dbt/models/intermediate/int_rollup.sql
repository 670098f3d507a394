-- Which document speaks for its organisation in a year and stage, and whether its sums may be added to
-- those of others. Not where the consolidated document of a department above it, at any distance, is
-- loaded for the same year and stage; and of the budget and the account of one organisation that both
-- print a stage, the budget speaks for the budget and the account for the outcome.
with recursive stages as (
    select distinct
        document_key,
        amount_stage,
        'expenditure' as flow
    from (
        select
            document_key,
            amount_stage
        from {{ ref('int_expenditure_total') }}
        union all
        select
            document_key,
            amount_stage
        from {{ ref('int_expenditure_cut') }}
    )
    union all
    select distinct
        document_key,
        amount_stage,
        'revenue' as flow
    from (
        select
            document_key,
            amount_stage
        from {{ ref('int_revenue_total') }}
        union all
        select
            document_key,
            amount_stage
        from {{ ref('int_revenue_cut') }}
    )
),

parents as (
    select distinct
        department_id,
        parent_department_id as ancestor_id
    from {{ ref('int_document') }}
    where parent_department_id is not null and parent_department_id is distinct from department_id
),

-- Of a tree of offices, cut off where one names itself as its own superior.
ancestors as (
    select
        department_id,
        ancestor_id
    from parents
    union
    select
        ancestors.department_id,
        parents.ancestor_id
    from ancestors
    inner join parents on ancestors.ancestor_id = parents.department_id
),

placed as (
    select
        stages.*,
        document.department_id,
        document.fiscal_year,
        document.is_current,
        document.reporting_level,
        document.document_kind
    from stages
    inner join {{ ref('int_document') }} as document on stages.document_key = document.document_key
),

consolidated as (
    select distinct
        department_id,
        fiscal_year,
        amount_stage,
        flow
    from placed
    where reporting_level = 'department' and is_current
),

covered as (
    select distinct
        placed.document_key,
        placed.amount_stage,
        placed.flow
    from placed
    inner join ancestors on placed.department_id = ancestors.department_id
    inner join consolidated
        on ancestors.ancestor_id = consolidated.department_id
        and placed.fiscal_year = consolidated.fiscal_year
        and placed.amount_stage = consolidated.amount_stage
        and placed.flow = consolidated.flow
    where placed.department_id <> ancestors.ancestor_id
    union
    -- 本级 without a parent of its own is part of the department of its name.
    select
        placed.document_key,
        placed.amount_stage,
        placed.flow
    from placed
    inner join consolidated
        on regexp_replace(placed.department_id, '-hq$', '') = consolidated.department_id
        and placed.fiscal_year = consolidated.fiscal_year
        and placed.amount_stage = consolidated.amount_stage
        and placed.flow = consolidated.flow
    where placed.reporting_level = 'headquarters'
)

select
    placed.document_key,
    placed.amount_stage,
    placed.flow,
    covered.document_key is null as is_rollup_base,
    placed.is_current
    and row_number() over (
        partition by
            placed.is_current, placed.department_id, placed.fiscal_year, placed.amount_stage, placed.flow,
            coalesce(placed.reporting_level = 'headquarters', false)
        order by
            case when placed.amount_stage in ('initial_budget', 'prior_year_budget') then 1 else -1 end
            * case placed.document_kind when 'budget' then 1 else 2 end,
            placed.document_key
    ) = 1 as is_speaker
from placed
left join covered
    on placed.document_key = covered.document_key
    and placed.amount_stage = covered.amount_stage
    and placed.flow = covered.flow

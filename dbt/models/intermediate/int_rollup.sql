-- Whether the expenditure of a document may be summed with that of other organisations: not where
-- the consolidated document of its department stands beside it for the same year and stage.
with stages as (
    select
        document_key,
        amount_stage
    from {{ ref('int_expenditure_total') }}
    union
    select
        document_key,
        amount_stage
    from {{ ref('int_expenditure_cut') }}
),

placed as (
    select
        stages.document_key,
        stages.amount_stage,
        document.department_id,
        -- 本级 without a parent of its own is part of the department of its name.
        coalesce(
            document.parent_department_id,
            case document.reporting_level when 'headquarters' then document.department_id end
        ) as consolidating_id,
        document.reporting_level,
        document.fiscal_year,
        document.is_current
    from stages
    inner join {{ ref('int_document') }} as document on stages.document_key = document.document_key
),

consolidated as (
    select distinct
        department_id,
        fiscal_year,
        amount_stage
    from placed
    where reporting_level = 'department' and is_current
)

select
    placed.document_key,
    placed.amount_stage,
    not(
        coalesce(placed.reporting_level, 'department') in ('unit', 'headquarters')
        and consolidated.department_id is not null
    ) as is_rollup_base
from placed
left join consolidated
    on placed.consolidating_id = consolidated.department_id
    and placed.fiscal_year = consolidated.fiscal_year
    and placed.amount_stage = consolidated.amount_stage

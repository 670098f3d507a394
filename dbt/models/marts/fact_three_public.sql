{{ config(materialized='view') }}

-- The budget speaks for the budget and the account for the outcome where both print an item.
select history.*
from {{ ref('history_fact_three_public') }} as history
inner join {{ ref('int_document') }} as document on history.document_key = document.document_key
where document.is_current
qualify row_number() over (
        partition by
            document.department_id, document.fiscal_year, history.amount_stage, history.item,
            coalesce(document.reporting_level = 'headquarters', false)
        order by
            case when history.amount_stage in ('initial_budget', 'prior_year_budget') then 1 else -1 end
            * case document.document_kind when 'budget' then 1 else 2 end,
            history.document_key
    ) = 1

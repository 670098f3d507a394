-- Within one cut no counted class contains another one of the same economic class and organisation.
select
    upper_leaf.expenditure_key,
    lower_leaf.expenditure_key as contained_key
from {{ ref('history_fact_expenditure') }} as upper_leaf
inner join {{ ref('history_fact_expenditure') }} as lower_leaf
    on upper_leaf.document_key = lower_leaf.document_key
    and upper_leaf.amount_stage = lower_leaf.amount_stage
    and upper_leaf.fund_source = lower_leaf.fund_source
    and upper_leaf.department_economic_code is not distinct from lower_leaf.department_economic_code
    and upper_leaf.government_economic_code is not distinct from lower_leaf.government_economic_code
    and lower_leaf.function_code like upper_leaf.function_code || '_%'
where upper_leaf.basis = 'narrative' and lower_leaf.basis = 'narrative'
    or upper_leaf.statement_code = lower_leaf.statement_code

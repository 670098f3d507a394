-- The blind sum gives the published total, unless the document contradicts itself and a finding says so.
with sums as (
    select
        document_key,
        amount_stage,
        sum(amount_yuan) as amount_yuan
    from {{ ref('history_fact_expenditure') }}
    group by document_key, amount_stage
)

select
    total.document_key,
    total.amount_stage,
    total.amount_yuan as published_yuan,
    sums.amount_yuan as summed_yuan
from {{ ref('int_expenditure_total') }} as total
left join sums
    on total.document_key = sums.document_key and total.amount_stage = sums.amount_stage
left join {{ ref('fact_reconciliation') }} as known
    on total.document_key = known.document_key
    and total.amount_stage = known.amount_stage
    and known.rule_id = 'CUT-01'
    and known.outcome = 'violation'
where known.document_key is null
    and sums.amount_yuan is distinct from total.amount_yuan

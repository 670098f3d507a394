{{ config(materialized='view') }}

-- Of several current documents that print one stage, as the budget and the account of a year both do
-- with the budget, one speaks; history holds them all.
select history.*
from {{ ref('history_fact_expenditure') }} as history
inner join {{ ref('int_rollup') }} as speaker
    on history.document_key = speaker.document_key
    and history.amount_stage = speaker.amount_stage
    and speaker.flow = 'expenditure'
where speaker.is_speaker

{{ config(materialized='view') }}

select history.*
from {{ ref('history_fact_narrative_figure') }} as history
inner join {{ ref('int_document') }} as document on history.document_key = document.document_key
where document.is_current

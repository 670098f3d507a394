with rejected as (
    select
        document_key,
        dataset,
        code,
        observed,
        source_key
    from {{ ref('stg_quarantined_row') }}
    union all
    select
        gated.document_key,
        gated.dataset,
        gated.code,
        gated.observed,
        gated.source_key
    from {{ source('raw', 'gate_rejected_row') }} as gated
    inner join {{ ref('stg_document') }} as document
        on gated.document_key = document.document_key and gated.load_id = document.load_id
)

select
    rejected.document_key,
    rejected.dataset as "table",
    rejected.code as reason_code,
    reason.reason_zh,
    reason.reason_en,
    rejected.observed,
    rejected.source_key
from rejected
left join {{ source('raw', 'reason') }} as reason on rejected.code = reason.code

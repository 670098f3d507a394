select
    finding.document_key,
    document.department_key,
    document.fiscal_year,
    document.is_current,
    finding.code,
    reason.severity,
    reason.reason_zh,
    reason.reason_en,
    finding.detail,
    finding.source_key
from {{ ref('stg_finding') }} as finding
inner join {{ ref('int_document') }} as document on finding.document_key = document.document_key
left join {{ source('raw', 'reason') }} as reason on finding.code = reason.code

select
    manifest.content_sha256 as document_key,
    manifest.file_name,
    manifest.path,
    manifest.media_type,
    manifest.reason_code,
    reason.reason_zh,
    reason.reason_en,
    reason.release_hint_zh as release_hint,
    reason.release_hint_en,
    manifest.detail,
    manifest.first_seen_at,
    manifest.last_seen_at,
    cast(manifest.attempts as integer) as attempts
from {{ source('raw', 'manifest') }} as manifest
left join {{ source('raw', 'reason') }} as reason on manifest.reason_code = reason.code
where manifest.status = 'quarantined'

-- One row per file content that could not be loaded (隔离文件); a file that was replaced since keeps its row.
with recursive present as (
    select content_sha256 from {{ source('raw', 'landing_file') }}
    union
    select member.content_sha256
    from {{ source('raw', 'archive_member') }} as member
    inner join present on member.archive_sha256 = present.content_sha256
)

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
    cast(manifest.attempts as integer) as attempts,
    manifest.content_sha256 in (select present.content_sha256 from present) as is_present
from {{ source('raw', 'manifest') }} as manifest
left join {{ source('raw', 'reason') }} as reason on manifest.reason_code = reason.code
where manifest.status = 'quarantined'

with ranked as (
    select
        *,
        row_number() over (partition by document_key order by loaded_at desc, load_id desc) as load_rank
    from {{ source('raw', 'document') }}
),

latest as (
    select * from ranked
    where load_rank = 1
),

-- A document that a later parser could no longer read is withdrawn with all its rows.
known as (
    select
        content_sha256 as document_key,
        min(first_seen_at) as first_seen_at,
        max(parser_version) as parser_version,
        bool_or(status = 'quarantined') as is_quarantined
    from {{ source('raw', 'manifest') }}
    group by content_sha256
)

select
    latest.document_key,
    latest.load_id,
    latest.loaded_at,
    coalesce(known.first_seen_at, latest.loaded_at) as first_seen_at,
    known.parser_version,
    latest.file_name,
    latest.media_type,
    latest.extraction_method,
    latest.page_count,
    latest.encoding,
    latest.document_kind,
    cast(latest.fiscal_year as integer) as fiscal_year,
    latest.title,
    latest.department_id,
    latest.department_code,
    latest.department_name,
    latest.short_name,
    latest.reporting_level,
    latest.parent_department_id,
    latest.parent_department_name,
    latest.organisation_type,
    latest.region_code,
    latest.region_name,
    latest.administrative_level,
    latest.default_unit,
    try_cast(latest.published_on as date) as published_on
from latest
left join known on latest.document_key = known.document_key
where not coalesce(known.is_quarantined, false)

-- Documents whose department a person should look at: none was found, or the findings say so.
with flagged as (
    select
        document_key,
        min(code) as reason_code,
        min(detail) as detail
    from {{ ref('stg_finding') }}
    where code like 'DEPARTMENT%'
    group by document_key
)

select
    document.document_key,
    document.file_name,
    document.fiscal_year,
    document.department_name as published_name,
    document.department_id,
    coalesce(flagged.reason_code, 'DEPARTMENT_UNKNOWN') as reason_code,
    flagged.detail
from {{ ref('int_document') }} as document
left join flagged on document.document_key = flagged.document_key
where flagged.document_key is not null or document.department_id is null

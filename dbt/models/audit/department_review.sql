-- Documents whose department a person should look at: none was found, the findings say so, or another
-- body bears its name and nothing tells which region either is of.
with flagged as (
    select
        document_key,
        min(code) as reason_code,
        min(detail) as detail
    from {{ ref('stg_finding') }}
    where code like 'DEPARTMENT%'
    group by document_key
),

namesakes as (
    select
        own.document_key,
        string_agg(distinct document.file_name, ' / ' order by document.file_name) as other_files
    from {{ ref('int_namesake') }} as own
    inner join {{ ref('int_namesake') }} as other
        on own.shared_id = other.shared_id and own.department_id <> other.department_id
    inner join {{ ref('stg_document') }} as document on other.document_key = document.document_key
    group by own.document_key
)

select
    document.document_key,
    document.file_name,
    document.fiscal_year,
    document.department_name as published_name,
    document.department_id,
    case
        when namesakes.document_key is not null then 'DEPARTMENT_NAMESAKE'
        else coalesce(flagged.reason_code, 'DEPARTMENT_UNKNOWN')
    end as reason_code,
    coalesce(namesakes.other_files, flagged.detail) as detail
from {{ ref('int_document') }} as document
left join flagged on document.document_key = flagged.document_key
left join namesakes on document.document_key = namesakes.document_key
where flagged.document_key is not null or namesakes.document_key is not null or document.department_id is null

-- Which of the required tables a document holds (公开完整性): present, declared empty, or missing. Where pages
-- or tables of a document could not be read, a table that was not found may stand there.
with printed as (
    select
        document_key,
        statement_code,
        case
            when bool_or(status in ('recognised', 'performance')) then 'present'
            when bool_or(status in ('declared_empty', 'template_empty')) then 'declared_empty'
        end as status
    from {{ ref('stg_statement_table') }}
    where statement_code is not null
    group by document_key, statement_code
),

required as (
    select
        document.document_key,
        statement.statement_code
    from {{ ref('int_document') }} as document
    inner join {{ ref('dim_statement') }} as statement
        on document.document_kind = statement.document_kind and statement.is_required
),

unread as (
    select document_key from {{ ref('stg_finding') }}
    where code in ('PAGE_NOT_READABLE', 'OCR_NOT_INSTALLED')
    union
    select document_key from {{ ref('stg_quarantined_row') }}
    where code = 'TITLE_UNMAPPED'
)

select
    coalesce(required.document_key, printed.document_key) as document_key,
    coalesce(required.statement_code, printed.statement_code) as statement_code,
    document.department_key,
    document.fiscal_year,
    document.is_current,
    coalesce(
        printed.status,
        case when unread.document_key is not null then 'not_evaluable' else 'missing' end
    ) as status,
    required.document_key is not null as is_required
from required
full outer join printed
    on required.document_key = printed.document_key and required.statement_code = printed.statement_code
inner join {{ ref('int_document') }} as document
    on coalesce(required.document_key, printed.document_key) = document.document_key
left join unread on required.document_key = unread.document_key
where required.document_key is not null or printed.status is not null

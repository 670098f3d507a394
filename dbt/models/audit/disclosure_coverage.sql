-- Which of the required tables a document holds (公开完整性): present, declared empty, or missing.
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
)

select
    coalesce(required.document_key, printed.document_key) as document_key,
    coalesce(required.statement_code, printed.statement_code) as statement_code,
    document.department_key,
    document.fiscal_year,
    document.is_current,
    coalesce(printed.status, 'missing') as status,
    required.document_key is not null as is_required
from required
full outer join printed
    on required.document_key = printed.document_key and required.statement_code = printed.statement_code
inner join {{ ref('int_document') }} as document
    on coalesce(required.document_key, printed.document_key) = document.document_key
where required.document_key is not null or printed.status is not null

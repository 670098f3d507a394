-- Which of the required tables a document holds (公开完整性): present, declared empty, or missing. Where pages
-- or tables of a document could not be read, a table that was not found may stand there.
with tables as (
    select
        document_key,
        statement_code,
        status
    from {{ ref('stg_statement_table') }}
    where statement_code is not null
    union all
    -- “三公” of the final account may stand in the table of operating information instead (机构运行信息表).
    select distinct
        document_key,
        'F9' as statement_code,
        'recognised' as status
    from {{ ref('stg_statement_cell') }}
    where statement_code = 'F14' and label_key = 'three_public_total'
),

printed as (
    select
        document_key,
        statement_code,
        case
            when bool_or(status in ('recognised', 'performance')) then 'present'
            when bool_or(status in ('declared_empty', 'template_empty')) then 'declared_empty'
        end as status
    from tables
    group by document_key, statement_code
),

required as (
    select
        document.document_key,
        statement.statement_code
    from {{ ref('int_document') }} as document
    inner join {{ ref('dim_statement') }} as statement
        on document.document_kind = statement.document_kind and statement.is_required
    where statement.required_from_year is null
        or document.fiscal_year is null
        or document.fiscal_year >= statement.required_from_year
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

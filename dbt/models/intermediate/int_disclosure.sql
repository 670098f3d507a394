-- Which files carry the same disclosure, and in which order they came. The date of publication that a
-- file prints decides; a file without one that calls itself a correction (更正, 修订, 调整) comes after
-- those with one, any other before them; then the order in which the files were first seen. A draft
-- comes before all others.
with documents as (
    select
        document.document_key,
        document.media_type,
        document.extraction_method,
        document.published_on,
        document.first_seen_at,
        case
            when document.department_id is not null and document.fiscal_year is not null
                and document.document_kind is not null
                then {{ key_of([
                    'document.department_id', 'document.fiscal_year', 'document.document_kind',
                    "coalesce(document.reporting_level = 'headquarters', false)"
                ]) }}
            else document.document_key
        end as disclosure_key,
        coalesce(document.title like '%草案%', false) or document.file_name like '%草案%' as is_draft,
        regexp_matches(concat_ws(' ', document.title, document.file_name), '更正|修订|调整') as is_revision
    from {{ ref('stg_document') }} as document
)

select
    *,
    row_number() over (
        partition by disclosure_key
        order by
            is_draft desc,
            coalesce(published_on, case when is_revision then date '9999-12-31' end) asc nulls first,
            is_revision asc,
            first_seen_at asc,
            document_key asc
    ) as arrival_no,
    count(*) over (partition by disclosure_key) as n_files
from documents

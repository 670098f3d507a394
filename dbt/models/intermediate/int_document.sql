-- Versions and renditions (版本): files of one disclosure whose common figures agree are one
-- version; of the last version the most complete file counts.
with documents as (
    select
        document.*,
        case
            when document.department_id is not null and document.fiscal_year is not null
                and document.document_kind is not null
                then {{ key_of([
                    'document.department_id', 'document.fiscal_year', 'document.document_kind',
                    "coalesce(document.reporting_level = 'headquarters', false)"
                ]) }}
            else document.document_key
        end as disclosure_key,
        coalesce(document.title like '%草案%', false) as is_draft,
        document.department_id is not null and document.fiscal_year is not null
        and document.document_kind is not null as is_identified
    from {{ ref('stg_document') }} as document
),

sized as (
    select
        documents.*,
        (
            select count(*) from {{ ref('stg_statement_cell') }} as cell
            where cell.document_key = documents.document_key
        )
        + (
            select count(*) from {{ ref('stg_narrative_figure') }} as figure
            where figure.document_key = documents.document_key
        )
        + (
            select count(*) from {{ ref('stg_performance_indicator') }} as indicator
            where indicator.document_key = documents.document_key
        ) as figure_count,
        row_number() over (
            partition by disclosure_key
            order by is_draft desc, published_on asc nulls first, first_seen_at asc, document_key asc
        ) as arrival_no
    from documents
),

-- Only disclosures with several files are compared.
pairs as (
    select
        earlier.document_key as earlier_key,
        earlier.arrival_no as earlier_no,
        later.document_key as later_key
    from sized as earlier
    inner join sized as later
        on earlier.disclosure_key = later.disclosure_key and earlier.arrival_no < later.arrival_no
),

compared as (
    select
        pairs.earlier_key,
        pairs.earlier_no,
        pairs.later_key,
        count(*) filter (where left_figure.figure_value <> right_figure.figure_value) as differing
    from pairs
    left join {{ ref('int_document_figure') }} as left_figure
        on pairs.earlier_key = left_figure.document_key
    left join {{ ref('int_document_figure') }} as right_figure
        on pairs.later_key = right_figure.document_key
        and left_figure.figure_key = right_figure.figure_key
    group by pairs.earlier_key, pairs.earlier_no, pairs.later_key
),

agreeing as (
    select
        later_key,
        min(earlier_no) as version_arrival_no
    from compared
    where differing = 0
    group by later_key
),

numbered as (
    select
        sized.*,
        cast(dense_rank() over (
            partition by sized.disclosure_key
            order by coalesce(agreeing.version_arrival_no, sized.arrival_no)
        ) as integer) as version_no
    from sized
    left join agreeing on sized.document_key = agreeing.later_key
),

versioned as (
    select
        *,
        max(figure_count) over (partition by disclosure_key, version_no) as fullest_count,
        max(version_no) over (partition by disclosure_key) as last_version_no
    from numbered
),

format_ranked as (
    select
        versioned.document_key,
        min(coalesce(format_ranks.format_rank, 80)) as format_rank
    from versioned
    left join {{ ref('format_ranks') }} as format_ranks
        on versioned.extraction_method = format_ranks.extraction_method
        and (
            format_ranks.media_type_contains is null
            or contains(versioned.media_type, format_ranks.media_type_contains)
        )
    group by versioned.document_key
),

ranked as (
    select
        versioned.*,
        row_number() over (
            partition by versioned.disclosure_key, versioned.version_no
            order by
                -- Files within one per cent of the fullest count as equally full.
                versioned.figure_count * 100 < 99 * versioned.fullest_count,
                format_ranked.format_rank,
                versioned.document_key
        ) as rendition_no
    from versioned
    inner join format_ranked on versioned.document_key = format_ranked.document_key
),

superseded as (
    select
        disclosure_key,
        version_no + 1 as version_no,
        document_key as supersedes_document_key
    from ranked
    where rendition_no = 1
)

select
    ranked.* exclude (arrival_no, fullest_count, last_version_no, rendition_no, is_identified),
    superseded.supersedes_document_key,
    ranked.rendition_no = 1 and ranked.version_no = ranked.last_version_no and ranked.is_identified as is_current,
    department.department_key
from ranked
left join superseded
    on ranked.disclosure_key = superseded.disclosure_key and ranked.version_no = superseded.version_no
left join {{ ref('int_department') }} as department
    on ranked.department_id = department.department_id
    and coalesce(ranked.fiscal_year, 9999) >= department.map_from_year
    and coalesce(ranked.fiscal_year, 9999) <= department.map_to_year

-- Versions and renditions (版本). Files of one disclosure whose common figures agree are renditions of
-- one version; a file that differs is a new version. Files of different formats also stay renditions
-- where less than one in fifty common figures differ and no total does: that is a misreading or a
-- misprint of one format and no correction, and VERSION-01 lists the figures. A file is compared with
-- all before it and belongs to the version of the one it agrees with best, but never to that of a file
-- which it contradicts: one of the same format, or any where it calls itself a correction. Of the last version the most
-- complete file counts.
with recursive compared as (
    select
        earlier.document_key as earlier_key,
        earlier.arrival_no as earlier_no,
        later.document_key as later_key,
        earlier.media_type = later.media_type as is_same_format,
        (
            later.is_revision and not earlier.is_revision
            or earlier.media_type = later.media_type
            and earlier.extraction_method <> 'ocr' and later.extraction_method <> 'ocr'
        ) as is_no_misreading,
        count(right_figure.figure_key) as n_common,
        count(*) filter (where left_figure.figure_value <> right_figure.figure_value) as n_differing,
        count(*) filter (
            where left_figure.figure_value <> right_figure.figure_value
            and (left_figure.is_total or right_figure.is_total)
        ) as n_totals_differing
    from {{ ref('int_disclosure') }} as earlier
    inner join {{ ref('int_disclosure') }} as later
        on earlier.disclosure_key = later.disclosure_key and earlier.arrival_no < later.arrival_no
    left join {{ ref('int_namesake') }} as earlier_body on earlier.document_key = earlier_body.document_key
    left join {{ ref('int_namesake') }} as later_body on later.document_key = later_body.document_key
    left join {{ ref('int_document_figure') }} as left_figure
        on earlier.document_key = left_figure.document_key
    left join {{ ref('int_document_figure') }} as right_figure
        on later.document_key = right_figure.document_key
        and left_figure.figure_key = right_figure.figure_key
    where later.n_files > 1 and earlier_body.disclosure_key is not distinct from later_body.disclosure_key
    group by all
),

judged as (
    select
        *,
        n_differing > 0 and is_no_misreading as is_contradiction,
        n_differing = 0 or (
            not is_same_format and not is_no_misreading
            and n_totals_differing = 0 and n_differing * 50 < n_common
        ) as is_agreement
    from compared
),

-- Renditions of a contradicted file which are no nearer to the file itself, such as its spreadsheet
-- without the prose that was corrected.
contradicted as (
    select distinct
        contradiction.later_key,
        rendition.later_key as earlier_key
    from judged as contradiction
    inner join judged as rendition
        on contradiction.earlier_key = rendition.earlier_key and rendition.is_agreement
    inner join judged as candidate
        on contradiction.later_key = candidate.later_key
        and rendition.later_key = candidate.earlier_key
        and rendition.n_differing <= candidate.n_differing
    where contradiction.is_contradiction
    union
    select distinct
        contradiction.later_key,
        rendition.earlier_key
    from judged as contradiction
    inner join judged as rendition
        on contradiction.earlier_key = rendition.later_key and rendition.is_agreement
    inner join judged as candidate
        on contradiction.later_key = candidate.later_key
        and rendition.earlier_key = candidate.earlier_key
        and rendition.n_differing <= candidate.n_differing
    where contradiction.is_contradiction
),

agreeing as (
    select
        judged.later_key,
        judged.earlier_key
    from judged
    anti join contradicted
        on judged.later_key = contradicted.later_key and judged.earlier_key = contradicted.earlier_key
    where judged.is_agreement
    qualify row_number() over (
            partition by judged.later_key
            order by judged.n_differing asc, judged.n_common desc, judged.earlier_no asc
        ) = 1
),

-- A rendition of a rendition is of its version.
roots as (
    select
        disclosure.document_key,
        disclosure.document_key as root_key
    from {{ ref('int_disclosure') }} as disclosure
    left join agreeing on disclosure.document_key = agreeing.later_key
    where agreeing.later_key is null
    union all
    select
        agreeing.later_key as document_key,
        roots.root_key
    from agreeing
    inner join roots on agreeing.earlier_key = roots.document_key
),

figure_counts as (
    select
        document_key,
        sum(n_figures) as figure_count
    from (
        {% for relation in ['stg_statement_cell', 'stg_narrative_figure', 'stg_performance_indicator'] -%}
            select
                document_key,
                count(*) as n_figures
            from {{ ref(relation) }}
            group by document_key
                        {{ 'union all' if not loop.last }} -- noqa: LT02
        {% endfor -%}
    )
    group by document_key
),

numbered as (
    select
        document.* replace (coalesce(namesake.department_id, document.department_id) as department_id),
        coalesce(namesake.disclosure_key, disclosure.disclosure_key) as disclosure_key,
        disclosure.is_draft,
        disclosure.is_revision,
        document.department_id is not null and document.fiscal_year is not null
        and document.document_kind is not null as is_identified,
        cast(coalesce(figure_counts.figure_count, 0) as bigint) as figure_count,
        cast(dense_rank() over (
            partition by coalesce(namesake.disclosure_key, disclosure.disclosure_key) order by root.arrival_no
        ) as integer) as version_no
    from {{ ref('stg_document') }} as document
    inner join {{ ref('int_disclosure') }} as disclosure on document.document_key = disclosure.document_key
    left join {{ ref('int_namesake') }} as namesake on document.document_key = namesake.document_key
    inner join roots on document.document_key = roots.document_key
    inner join {{ ref('int_disclosure') }} as root on roots.root_key = root.document_key
    left join figure_counts on document.document_key = figure_counts.document_key
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
                versioned.is_draft,
                -- Files within one per cent of the fullest count as equally full.
                versioned.figure_count * 100 < 99 * versioned.fullest_count,
                format_ranked.format_rank,
                versioned.document_key
        ) as rendition_no
    from versioned
    inner join format_ranked on versioned.document_key = format_ranked.document_key
),

chosen as (
    select
        disclosure_key,
        version_no,
        document_key
    from ranked
    where rendition_no = 1
)

select
    ranked.* exclude (fullest_count, last_version_no, rendition_no, is_identified),
    chosen.document_key as version_document_key,
    superseded.document_key as supersedes_document_key,
    ranked.rendition_no = 1 and ranked.version_no = ranked.last_version_no and ranked.is_identified as is_current,
    department.department_key
from ranked
inner join chosen on ranked.disclosure_key = chosen.disclosure_key and ranked.version_no = chosen.version_no
left join chosen as superseded
    on ranked.disclosure_key = superseded.disclosure_key and ranked.version_no = superseded.version_no + 1
left join {{ ref('int_department') }} as department
    on ranked.department_id = department.department_id
    and coalesce(ranked.fiscal_year, 9999) >= department.map_from_year
    and coalesce(ranked.fiscal_year, 9999) <= department.map_to_year

-- Which files carry the same disclosure, and in which order they came. The date of publication that a
-- file prints decides; a file without one that calls itself a correction (更正, 修订, 调整) comes after
-- those with one, any other before them; then the order in which the files were first seen. A draft
-- comes before all others.
-- Evaluations and targets (绩效自评、绩效目标) come in files of their own, often one for each project. Files of
-- one department, year and kind that hold accounts are one disclosure; a file of projects alone belongs
-- to it, or to another file, where they have a project in common, and else is a disclosure of its own:
-- none is taken for a rendition of another and hidden by it.
with recursive claims as (
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
        end as claim_key,
        coalesce(document.title like '%草案%', false) or document.file_name like '%草案%' as is_draft,
        regexp_matches(concat_ws(' ', document.title, document.file_name), '更正|修订|调整') as is_revision
    from {{ ref('stg_document') }} as document
),

shared_claims as (
    select claim_key
    from claims
    group by claim_key
    having count(*) > 1
),

holdings as (
    select
        document_key,
        coalesce({{ folded_name('project_name') }}, scope) as holding
    from {{ ref('stg_performance_project') }}
    union
    select
        document_key,
        project_code as holding
    from {{ ref('stg_performance_project') }}
    where project_code is not null
    union
    select
        document_key,
        'accounts' as holding
    from {{ ref('stg_statement_cell') }}
    where statement_code not in ('B13', 'B14', 'PF', 'PD')
    union
    select
        document_key,
        'accounts' as holding
    from {{ ref('stg_narrative_figure') }}
    where subject <> 'performance'
),

held as (
    select
        claims.claim_key,
        claims.document_key,
        coalesce(holdings.holding, 'accounts') as holding
    from claims
    inner join shared_claims on claims.claim_key = shared_claims.claim_key
    left join holdings on claims.document_key = holdings.document_key
),

-- Which files have something in common, directly or through others.
reached as (
    select
        claim_key,
        document_key,
        document_key as member_key
    from held
    union
    select
        reached.claim_key,
        reached.document_key,
        other.document_key as member_key
    from reached
    inner join held as member
        on reached.claim_key = member.claim_key and reached.member_key = member.document_key
    inner join held as other
        on member.claim_key = other.claim_key and member.holding = other.holding
),

parts as (
    select
        reached.document_key,
        min(reached.member_key) as part_key,
        bool_or(held.holding = 'accounts') as has_accounts
    from reached
    inner join held on reached.member_key = held.document_key
    group by reached.document_key
),

placed as (
    select
        claims.*,
        coalesce(parts.part_key, claims.document_key) as part_key,
        coalesce(parts.has_accounts, true) as has_accounts
    from claims
    left join parts on claims.document_key = parts.document_key
),

documents as (
    select
        placed.* exclude (claim_key, part_key, has_accounts),
        case
            when placed.has_accounts
                or min(placed.part_key) over (partition by placed.claim_key)
                = max(placed.part_key) over (partition by placed.claim_key)
                then placed.claim_key
            else {{ key_of(['placed.claim_key', 'placed.part_key']) }}
        end as disclosure_key
    from placed
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

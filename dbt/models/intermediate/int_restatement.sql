-- What a version changed in the one before it (更正): every figure that both print and print differently.
-- Of files of one format also the figures that only one of them prints; another format may simply hold
-- less, such as a workbook without the prose.
with successions as (
    select
        later.document_key,
        later.supersedes_document_key,
        later.media_type = earlier.media_type as is_same_format
    from {{ ref('int_document') }} as later
    inner join {{ ref('int_document') }} as earlier on later.supersedes_document_key = earlier.document_key
    where later.document_key = later.version_document_key
),

after as (
    select
        figure.*,
        successions.supersedes_document_key,
        successions.is_same_format
    from {{ ref('int_document_figure') }} as figure
    inner join successions on figure.document_key = successions.document_key
),

before as (
    select
        figure.* exclude (document_key),
        figure.document_key as supersedes_document_key,
        successions.document_key,
        successions.is_same_format
    from {{ ref('int_document_figure') }} as figure
    inner join successions on figure.document_key = successions.supersedes_document_key
)

select
    coalesce(after.document_key, before.document_key) as document_key,
    coalesce(after.supersedes_document_key, before.supersedes_document_key) as supersedes_document_key,
    case
        when before.document_key is null then 'added'
        when after.document_key is null then 'withdrawn'
        else 'changed'
    end as change_kind,
    coalesce(after.figure_name, before.figure_name) as figure_name,
    before.figure_value as before_value,
    after.figure_value as after_value,
    before.source_key as before_source_key,
    after.source_key as after_source_key
from after
full outer join before
    on after.document_key = before.document_key and after.figure_key = before.figure_key
where after.figure_value is distinct from before.figure_value
    and (
        coalesce(after.is_same_format, before.is_same_format)
        or (after.document_key is not null and before.document_key is not null)
    )

-- One row per figure that a version of a disclosure changed against the version before it (更正清单).
select
    {{ key_of([
        'restatement.document_key', 'restatement.supersedes_document_key', 'restatement.before_source_key',
        'restatement.after_source_key'
    ]) }} as restatement_key,
    restatement.document_key,
    restatement.supersedes_document_key,
    document.department_key,
    document.fiscal_year,
    document.document_kind,
    document.is_current,
    restatement.change_kind,
    restatement.figure_name,
    restatement.before_value,
    restatement.after_value,
    cast(restatement.after_value - restatement.before_value as decimal(24, 4)) as difference,
    restatement.before_source_key,
    restatement.after_source_key
from {{ ref('int_restatement') }} as restatement
inner join {{ ref('int_document') }} as document on restatement.document_key = document.document_key

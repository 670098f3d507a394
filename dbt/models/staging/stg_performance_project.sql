with projects as (
    select rows_read.* exclude (load_id, loaded_at)
    from {{ source('raw', 'performance_project') }} as rows_read
    inner join {{ ref('stg_document') }} as document
        on rows_read.document_key = document.document_key and rows_read.load_id = document.load_id
)

select
    projects.*,
    {{ to_yuan(printed_number('projects.initial_budget_text'), 'units.factor') }} as initial_budget_yuan,
    {{ to_yuan(printed_number('projects.adjusted_budget_text'), 'units.factor') }} as adjusted_budget_yuan,
    {{ to_yuan(printed_number('projects.executed_text'), 'units.factor') }} as executed_yuan,
    {{ printed_ratio('projects.execution_ratio_text') }} as execution_ratio_published,
    try_cast({{ printed_number('projects.execution_weight_text') }} as decimal(9, 4)) as execution_weight,
    try_cast({{ printed_number('projects.execution_score_text') }} as decimal(9, 4)) as execution_score,
    try_cast({{ printed_number('projects.total_weight_text') }} as decimal(9, 4)) as total_weight_published,
    try_cast({{ printed_number('projects.total_score_text') }} as decimal(9, 4)) as total_score_published
from projects
left join {{ ref('units') }} as units on projects.funds_unit = units.unit

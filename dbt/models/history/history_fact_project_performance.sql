{{ config(alias='fact_project_performance') }}

with indicator_scores as (
    select
        document_key,
        project_no,
        sum(score) as indicator_score,
        sum(weight) as indicator_weight,
        count(*) filter (where score is null and weight is not null) as n_unscored,
        count(score) as n_scored
    from {{ ref('stg_performance_indicator') }}
    where phase = 'result'
    group by document_key, project_no
)

select
    {{ key_of(['project.document_key', 'project.project_no']) }} as evaluation_key,
    project.document_key,
    document.department_key,
    document.fiscal_year,
    cast(project.project_no as integer) as project_no,
    project.phase,
    project.scope,
    mention.project_key,
    coalesce(mention.known_code, project.project_code) as project_code,
    project.project_name,
    project.supervising_department,
    project.implementing_unit,
    project.initial_budget_yuan,
    project.adjusted_budget_yuan,
    project.executed_yuan,
    project.funds_unit as published_unit,
    project.execution_ratio_published,
    {{ exact_ratio('project.executed_yuan', 'project.adjusted_budget_yuan') }} as execution_ratio,
    project.execution_weight,
    project.execution_score,
    project.total_score_published,
    -- Recomputed only where every weighted line of the form carries its score: a form whose indicators weigh
    -- 90 of 100 gives the rest to the execution, printed or not.
    case
        when indicator_scores.n_scored > 0 and indicator_scores.n_unscored = 0
            and (
                project.execution_score is not null
                or project.execution_weight is null
                and coalesce(indicator_scores.indicator_weight, 100)
                = coalesce(project.total_weight_published, 100)
            )
            then cast(coalesce(project.execution_score, 0) + indicator_scores.indicator_score as decimal(9, 4))
    end as total_score,
    project.grade_text as grade_published,
    project.initial_budget_source_key,
    project.adjusted_budget_source_key,
    project.executed_source_key,
    project.source_key
from {{ ref('stg_performance_project') }} as project
inner join {{ ref('int_document') }} as document on project.document_key = document.document_key
left join {{ ref('int_project_mention') }} as mention
    on case when project.scope = 'project' then project.document_key end = mention.document_key
    and project.project_code is not distinct from mention.project_code
    and project.project_name is not distinct from mention.project_name
left join indicator_scores
    on project.document_key = indicator_scores.document_key
    and project.project_no = indicator_scores.project_no

-- Which project a printed code or name means (项目): by its code, else by a code that its
-- department prints with the same name, else by department and name.
with mentions as (
    select distinct
        document_key,
        project_code,
        project_name
    from {{ ref('stg_statement_cell') }}
    where project_code is not null or project_name is not null
    union
    select distinct
        document_key,
        project_code,
        project_name
    from {{ ref('stg_performance_project') }}
    where (project_code is not null or project_name is not null) and scope = 'project'
),

owned as (
    select
        mentions.*,
        {{ folded_name('mentions.project_name') }} as folded_name,
        coalesce(document.department_id, document.document_key) as owner_id,
        document.fiscal_year,
        document.department_key
    from mentions
    inner join {{ ref('int_document') }} as document on mentions.document_key = document.document_key
),

coded_names as (
    select
        owner_id,
        folded_name,
        min(project_code) as project_code
    from owned
    where project_code is not null and folded_name is not null
    group by owner_id, folded_name
    having count(distinct project_code) = 1
),

identified as (
    select
        owned.*,
        coalesce(owned.project_code, coded_names.project_code) as known_code
    from owned
    left join coded_names
        on case when owned.project_code is null then owned.owner_id end = coded_names.owner_id
        and owned.folded_name = coded_names.folded_name
)

select
    document_key,
    project_code,
    project_name,
    known_code,
    fiscal_year,
    department_key,
    case
        when known_code is not null then {{ key_of(["'code'", 'known_code']) }}
        else {{ key_of(["'name'", 'owner_id', 'folded_name']) }}
    end as project_key
from identified

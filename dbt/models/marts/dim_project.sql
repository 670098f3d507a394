select
    project_key,
    max(known_code) as project_code,
    arg_max(project_name, coalesce(fiscal_year, 0)) as project_name,
    arg_max(department_key, coalesce(fiscal_year, 0)) as department_key,
    min(fiscal_year) as first_year,
    max(fiscal_year) as last_year
from {{ ref('int_project_mention') }}
group by project_key

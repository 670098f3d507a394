{{ config(alias='fact_statement_line', materialized='view') }}

-- Names of economic items printed without their code, where one code has the name; of the years before
-- the reform of 2018 only what was seen then. The rules go by what is printed: here alone the code is
-- put to the name.
with economic_names as (
    select
        scheme,
        {{ bare_name('name') }} as bare_name,
        min(code) as economic_code,
        case when bool_or(year_version like '%pre2018%') then 0 else 2018 end as first_year
    from {{ ref('economic_classification') }}
    where year_version <> 'pre2018'
    group by 1, 2
    having count(distinct code) = 1
)

select
    line.document_key,
    line.department_key,
    line.fiscal_year,
    line.statement_code,
    line.table_title,
    cast(line.table_index as integer) as table_index,
    cast(line.line_no as integer) as line_no,
    line.line_label,
    line.line_role,
    line.label_key,
    line.function_code,
    line.published_code,
    line.function_name,
    coalesce(line.department_economic_code, department.economic_code) as department_economic_code,
    line.department_economic_name,
    coalesce(line.government_economic_code, government.economic_code) as government_economic_code,
    line.government_economic_name,
    line.project_key,
    line.organisation_code,
    line.organisation_name,
    line.header_text,
    line.measure_code,
    line.amount_stage,
    line.fund_source,
    line.expenditure_type,
    line.staff_split,
    line.revenue_source,
    line.three_public_item,
    line.amount_yuan,
    line.quantity,
    line.published_text,
    line.published_unit,
    line.value_status,
    line.source_key
from {{ ref('int_statement_line') }} as line
left join economic_names as department
    on department.scheme = 'department'
    and line.fiscal_year >= department.first_year
    and line.department_economic_code is null
    and {{ bare_name('line.department_economic_name') }} = department.bare_name
left join economic_names as government
    on government.scheme = 'government'
    and line.fiscal_year >= government.first_year
    and line.government_economic_code is null
    and {{ bare_name('line.government_economic_name') }} = government.bare_name

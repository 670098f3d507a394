-- Departments by validity period (部门): a new period begins when the name without region and
-- brackets changes, or the code of its region. Spellings of one year count as one name. A department
-- that only its units name has a row too, so that every parent is found.
with mentions as (
    select
        coalesce(namesake.department_id, document.department_id) as department_id,
        coalesce(document.fiscal_year, 9999) as fiscal_year,
        document.department_name,
        coalesce(document.short_name, document.department_name) as short_name,
        document.department_code,
        document.reporting_level,
        document.parent_department_id,
        document.region_code,
        document.region_name,
        document.administrative_level,
        document.organisation_type
    from {{ ref('stg_document') }} as document
    left join {{ ref('int_namesake') }} as namesake on document.document_key = namesake.document_key
    where document.department_id is not null
),

parents as (
    select distinct
        child.parent_department_id as department_id,
        min(coalesce(child.fiscal_year, 9999)) over (partition by child.parent_department_id) as fiscal_year,
        min(child.parent_department_name) over (partition by child.parent_department_id) as department_name,
        min(child.region_code) over (partition by child.parent_department_id) as region_code,
        min(child.region_name) over (partition by child.parent_department_id) as region_name,
        min(child.administrative_level) over (partition by child.parent_department_id) as administrative_level
    from {{ ref('stg_document') }} as child
    where child.parent_department_id is not null
        and child.parent_department_name is not null
        and child.parent_department_id not in (select mentions.department_id from mentions)
),

yearly as (
    select
        department_id,
        fiscal_year,
        mode(short_name order by short_name) as short_name,
        mode(department_name order by department_name) as department_name,
        max(department_code) as published_code,
        min(reporting_level) as reporting_level,
        max(parent_department_id) as parent_department_id,
        max(region_code) as region_code,
        max(region_name) as region_name,
        max(administrative_level) as administrative_level,
        max(organisation_type) as organisation_type
    from mentions
    group by department_id, fiscal_year
    union all
    select
        department_id,
        fiscal_year,
        -- What follows the name of its region.
        case
            when contains(department_name, region_name)
                then nullif(string_split(department_name, region_name)[-1], '')
        end as short_name,
        department_name,
        null as published_code,
        'department' as reporting_level,
        null as parent_department_id,
        region_code,
        region_name,
        administrative_level,
        null as organisation_type
    from parents
),

marked as (
    select
        *,
        case
            when lag(short_name) over (partition by department_id order by fiscal_year) = short_name
                and coalesce(
                    lag(region_code ignore nulls) over (partition by department_id order by fiscal_year),
                    region_code,
                    ''
                )
                = coalesce(
                    region_code,
                    lag(region_code ignore nulls) over (partition by department_id order by fiscal_year),
                    ''
                )
                then 0
            else 1
        end as is_new_name
    from yearly
),

numbered as (
    select
        *,
        sum(is_new_name) over (partition by department_id order by fiscal_year) as period_no
    from marked
),

periods as (
    select
        department_id,
        period_no,
        min(fiscal_year) as first_year,
        arg_max(department_name, fiscal_year) as department_name,
        arg_max(short_name, fiscal_year) as short_name,
        arg_max(published_code, fiscal_year) as published_code,
        arg_max(reporting_level, fiscal_year) as reporting_level,
        arg_max(parent_department_id, fiscal_year) as parent_department_id,
        arg_max(region_code, fiscal_year) as region_code,
        arg_max(region_name, fiscal_year) as region_name,
        arg_max(administrative_level, fiscal_year) as administrative_level,
        arg_max(organisation_type, fiscal_year) as organisation_type
    from numbered
    group by department_id, period_no
),

bounded as (
    select
        *,
        lead(first_year) over (partition by department_id order by first_year) - 1 as last_year
    from periods
)

select
    {{ key_of(['department_id', 'first_year']) }} as department_key,
    department_id,
    department_name,
    short_name,
    published_code,
    reporting_level,
    case
        when parent_department_id <> department_id
            and parent_department_id in (select known.department_id from bounded as known)
            then parent_department_id
    end as parent_department_id,
    region_code,
    region_name,
    administrative_level,
    organisation_type,
    cast(nullif(first_year, 9999) as integer) as valid_from_year,
    cast(last_year as integer) as valid_to_year,
    last_year is null as is_current,
    -- The first period also takes documents from before it, the last all that follow.
    cast(
        case when row_number() over (partition by department_id order by first_year) = 1 then 0 else first_year end
        as integer
    ) as map_from_year,
    cast(coalesce(last_year, 9999) as integer) as map_to_year
from bounded

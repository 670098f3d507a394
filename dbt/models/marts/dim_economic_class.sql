-- Department and government economic classification (支出经济分类), periods as in dim_function_class.
with seed_years as (
    select
        scheme,
        code as economic_code,
        name as economic_name,
        unnest(string_split(year_version, ';')) as year_text
    from {{ ref('economic_classification') }}
),

seed_names as (
    select
        scheme,
        economic_code,
        economic_name,
        min(coalesce(try_cast(year_text as integer), 2017)) as first_seen_year,
        max(coalesce(try_cast(year_text as integer), 2017)) as last_seen_year,
        'reference' as origin
    from seed_years
    group by scheme, economic_code, economic_name
),

printed as (
    select
        'department' as scheme,
        department_economic_code as economic_code,
        department_economic_name as economic_name,
        fiscal_year
    from {{ ref('int_statement_line') }}
    union all
    select
        'government' as scheme,
        government_economic_code as economic_code,
        government_economic_name as economic_name,
        fiscal_year
    from {{ ref('int_statement_line') }}
),

document_names as (
    select
        printed.scheme,
        printed.economic_code,
        mode(printed.economic_name order by printed.economic_name) as economic_name,
        min(printed.fiscal_year) as first_seen_year,
        max(printed.fiscal_year) as last_seen_year,
        'published' as origin
    from printed
    left join {{ ref('economic_classification') }} as known
        on printed.scheme = known.scheme and printed.economic_code = known.code
    where known.code is null
        and regexp_matches(printed.economic_code, '^([35]\d{2}|[35]\d{4})$')
        and printed.economic_name is not null
    group by printed.scheme, printed.economic_code
),

all_names as (
    select * from seed_names
    union all
    select * from document_names
),

bounded as (
    select
        *,
        lag(last_seen_year) over (partition by scheme, economic_code order by first_seen_year) + 1 as valid_from_year,
        case
            when lead(first_seen_year) over (partition by scheme, economic_code order by first_seen_year) is not null
                then last_seen_year
        end as valid_to_year
    from all_names
)

select
    {{ key_of(['scheme', 'economic_code', 'valid_from_year']) }} as economic_class_key,
    scheme,
    economic_code,
    economic_name,
    cast((length(economic_code) - 1) // 2 as integer) as level,
    case when length(economic_code) = 5 then left(economic_code, 3) end as parent_economic_code,
    cast(valid_from_year as integer) as valid_from_year,
    cast(valid_to_year as integer) as valid_to_year,
    cast(first_seen_year as integer) as first_seen_year,
    cast(last_seen_year as integer) as last_seen_year,
    origin
from bounded

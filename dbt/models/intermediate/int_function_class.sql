-- The functional classification (支出功能分类) by period: confirmed rows of the seed, and codes that
-- only documents show. Years are those in which a name was seen; the first name of a code is open
-- to the past, the last to the future, and a later name begins the year after the former ended.
with seed_years as (
    select
        code as function_code,
        name as function_name,
        unnest(string_split(year_version, ';')) as year_text
    from {{ ref('function_classification') }}
),

seed_names as (
    select
        function_code,
        function_name,
        cast(min(try_cast(year_text as integer)) as integer) as first_seen_year,
        cast(max(try_cast(year_text as integer)) as integer) as last_seen_year,
        'reference' as origin
    from seed_years
    group by function_code, function_name
),

document_names as (
    select
        cell.function_code,
        mode(cell.function_name order by cell.function_name) as function_name,
        min(document.fiscal_year) as first_seen_year,
        max(document.fiscal_year) as last_seen_year,
        'published' as origin
    from {{ ref('stg_statement_cell') }} as cell
    inner join {{ ref('stg_document') }} as document on cell.document_key = document.document_key
    where length(cell.function_code) in (3, 5, 7)
        and cell.function_code like '2%'
        and cell.function_name is not null
        and cell.function_code not in (select seed.code from {{ ref('function_classification') }} as seed)
    group by cell.function_code
),

all_names as (
    select * from seed_names
    union all
    select * from document_names
),

bounded as (
    select
        *,
        lag(last_seen_year) over (partition by function_code order by first_seen_year) + 1 as valid_from_year,
        case
            when lead(first_seen_year) over (partition by function_code order by first_seen_year) is not null
                then last_seen_year
        end as valid_to_year,
        lead(first_seen_year) over (partition by function_code order by first_seen_year) - 1 as usable_to_year
    from all_names
)

select
    {{ key_of(['function_code', 'valid_from_year']) }} as function_class_key,
    function_code,
    function_name,
    cast((length(function_code) - 1) // 2 as integer) as level,
    case when length(function_code) > 3 then left(function_code, length(function_code) - 2) end
        as parent_function_code,
    {{ folded_name('function_name') }} as folded_name,
    cast(valid_from_year as integer) as valid_from_year,
    cast(valid_to_year as integer) as valid_to_year,
    cast(usable_to_year as integer) as usable_to_year,
    first_seen_year,
    last_seen_year,
    origin
from bounded

-- Names that stand for exactly one code in a year, within the whole classification (scope '')
-- or below a 类 or 款 named with them.
with loaded_years as (
    select distinct fiscal_year
    from {{ ref('stg_document') }}
    where fiscal_year is not null
),

usable as (
    select
        loaded_years.fiscal_year,
        class.function_code,
        class.folded_name,
        class.level
    from {{ ref('int_function_class') }} as class
    inner join loaded_years
        on loaded_years.fiscal_year >= coalesce(class.valid_from_year, 0)
        and loaded_years.fiscal_year <= coalesce(class.usable_to_year, 9999)
    where class.folded_name is not null
),

-- Anywhere, within a 类, within a 款.
lengths as (
    select unnest([0, 3, 5]) as scope_length
),

scopes as (
    select distinct
        fiscal_year,
        left(function_code, scope_length) as scope_code,
        level,
        folded_name,
        function_code
    from usable
    cross join lengths
    where scope_length < length(function_code)
)

select
    fiscal_year,
    scope_code,
    level,
    folded_name,
    min(function_code) as function_code
from scopes
group by fiscal_year, scope_code, level, folded_name
having count(distinct function_code) = 1

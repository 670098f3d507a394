with classes as (
    select * from {{ ref('int_function_class') }}
),

-- The name of the 类 or 款 above, in the period that the lower class belongs to.
parents as (
    select
        classes.function_class_key,
        arg_max(class.function_name, class.first_seen_year) as class_name,
        arg_max(section.function_name, section.first_seen_year) as section_name
    from classes
    left join classes as class
        on left(classes.function_code, 3) = class.function_code
        and coalesce(class.valid_from_year, 0) <= classes.last_seen_year
    left join classes as section
        on length(section.function_code) = 5
        and left(classes.function_code, 5) = section.function_code
        and coalesce(section.valid_from_year, 0) <= classes.last_seen_year
    group by classes.function_class_key
)

select
    classes.function_class_key,
    classes.function_code,
    classes.function_name,
    classes.level,
    classes.parent_function_code,
    parents.class_name,
    parents.section_name,
    classes.valid_from_year,
    classes.valid_to_year,
    classes.first_seen_year,
    classes.last_seen_year,
    classes.origin
from classes
inner join parents on classes.function_class_key = parents.function_class_key

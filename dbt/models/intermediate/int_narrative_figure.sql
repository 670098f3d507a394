-- Every figure of the prose with its functional class resolved within the 类 and 款 named with it.
with figures as (
    select
        figure.*,
        document.fiscal_year,
        document.document_kind,
        document.department_key,
        document.is_current,
        regexp_replace(figure.item_code, '[^0-9]', '', 'g') as code_digits,
        {{ folded_name('figure.item_name') }} as folded_item,
        {{ folded_name('figure.class_name') }} as folded_class,
        {{ folded_name('figure.section_name') }} as folded_section,
        case figure.subject
            when 'function_class' then 1
            when 'function_section' then 2
            when 'function_item' then 3
        end as function_level
    from {{ ref('stg_narrative_figure') }} as figure
    inner join {{ ref('int_document') }} as document on figure.document_key = document.document_key
),

classed as (
    select
        figures.*,
        coalesce(
            case when length(figures.code_digits) >= 3 and figures.function_level is not null
                    then left(figures.code_digits, 3)
            end,
            class.function_code
        ) as class_code
    from figures
    left join {{ ref('int_function_lookup') }} as class
        on figures.fiscal_year = class.fiscal_year
        and class.scope_code = '' and class.level = 1
        and class.folded_name = case figures.function_level
            when 1 then coalesce(figures.folded_item, figures.folded_class)
            else figures.folded_class
        end
),

-- Where a 款 or 项 does not name its 类, the 类 that was spoken of last is meant.
followed as (
    select
        *,
        case
            when function_level > 1 and class_code is null and folded_class is null
                then last_value(case when function_level = 1 then class_code end ignore nulls) over (
                        partition by document_key
                        order by figure_no
                        rows between unbounded preceding and current row
                    )
        end as spoken_class_code
    from classed
),

sectioned as (
    select
        followed.* exclude (class_code),
        coalesce(
            case when length(followed.code_digits) >= 5 and followed.function_level is not null
                    then left(followed.code_digits, 5)
            end,
            section.function_code,
            spoken_section.function_code
        ) as section_code,
        coalesce(followed.class_code, left(section.function_code, 3), followed.spoken_class_code) as class_code
    from followed
    left join {{ ref('int_function_lookup') }} as section
        on followed.fiscal_year = section.fiscal_year
        and section.scope_code = coalesce(followed.class_code, '') and section.level = 2
        and section.folded_name = case followed.function_level
            when 2 then coalesce(followed.folded_item, followed.folded_section)
            when 3 then followed.folded_section
        end
    left join {{ ref('int_function_lookup') }} as spoken_section
        on followed.fiscal_year = spoken_section.fiscal_year
        and followed.spoken_class_code = spoken_section.scope_code
        and spoken_section.level = 2
        and spoken_section.folded_name = case followed.function_level
            when 2 then coalesce(followed.folded_item, followed.folded_section)
            when 3 then followed.folded_section
        end
),

itemised as (
    select
        sectioned.*,
        item.function_code as item_resolved_code
    from sectioned
    left join {{ ref('int_function_lookup') }} as item
        on sectioned.fiscal_year = item.fiscal_year
        and sectioned.function_level = item.level
        and item.scope_code = coalesce(sectioned.section_code, sectioned.class_code, '')
        and item.level = 3
        and sectioned.folded_item = item.folded_name
),

-- Prose drops closing zeros, and some sentence is always more exact than the rest: the usual number
-- of decimals in a unit is its precision.
precisions as (
    select
        document_key,
        published_unit,
        coalesce(
            mode(last_digit_yuan order by last_digit_yuan desc) filter (where contains(number_text, '.')),
            min(last_digit_yuan)
        ) as document_last_digit_yuan
    from itemised
    where last_digit_yuan is not null
    group by document_key, published_unit
)

select
    itemised.* exclude (spoken_class_code, code_digits, item_resolved_code, folded_item, folded_class, folded_section),
    nullif(code_digits, '') as published_code,
    case
        when length(code_digits) in (3, 5, 7) and function_level is not null then code_digits
        when function_level = 3 then item_resolved_code
        when function_level = 2 then section_code
        when function_level = 1 then class_code
    end as function_code,
    coalesce(class_code, case when function_level = 1 then folded_item else folded_class end) as class_ref,
    coalesce(section_code, case when function_level = 2 then folded_item else folded_section end) as section_ref,
    folded_item as item_ref,
    precisions.document_last_digit_yuan
from itemised
left join precisions
    on itemised.document_key = precisions.document_key
    and itemised.published_unit = precisions.published_unit

-- Every printed figure of an account table with its codes resolved. A code that is printed whole
-- is kept; one of six (or four) digits is repaired by its name where that is unique; a name
-- without a code is resolved where it is unique in that year. The published code stays beside.
with cells as (
    select
        cell.*,
        document.fiscal_year,
        document.document_kind,
        document.department_id,
        document.department_key,
        document.is_current,
        {{ folded_name('cell.function_name') }} as folded_function_name
    from {{ ref('stg_statement_cell') }} as cell
    inner join {{ ref('int_document') }} as document on cell.document_key = document.document_key
),

-- One lookup per distinct label, not per figure.
labels as (
    select distinct
        fiscal_year,
        statement_code,
        function_code,
        folded_function_name
    from cells
    where function_code is not null or folded_function_name is not null
),

resolved as (
    select
        labels.*,
        case
            when length(labels.function_code) in (3, 5, 7) then labels.function_code
            when labels.function_code is not null then repaired.function_code
            -- The overview tables list the 类 by name; other tables may list any level.
            when labels.statement_code in ('F1', 'F4', 'B1', 'B5') then class.function_code
            else coalesce(item.function_code, section.function_code, class.function_code)
        end as resolved_code
    from labels
    left join {{ ref('int_function_lookup') }} as repaired
        on labels.fiscal_year = repaired.fiscal_year
        and repaired.scope_code = left(labels.function_code, length(labels.function_code) - 1)
        and repaired.level
        = case when length(labels.function_code) in (4, 6) then length(labels.function_code) // 2 end
        and labels.folded_function_name = repaired.folded_name
    left join {{ ref('int_function_lookup') }} as class
        on labels.fiscal_year = class.fiscal_year
        and labels.folded_function_name = class.folded_name
        and class.scope_code = '' and class.level = 1
    left join {{ ref('int_function_lookup') }} as section
        on labels.fiscal_year = section.fiscal_year
        and labels.folded_function_name = section.folded_name
        and section.scope_code = '' and section.level = 2
    left join {{ ref('int_function_lookup') }} as item
        on labels.fiscal_year = item.fiscal_year
        and labels.folded_function_name = item.folded_name
        and item.scope_code = '' and item.level = 3
),

precise as (
    select
        document_key,
        table_index,
        published_unit,
        min(last_digit_yuan) as table_last_digit_yuan
    from cells
    group by document_key, table_index, published_unit
)

select
    cells.* exclude (function_code, folded_function_name),
    cells.function_code as published_code,
    resolved.resolved_code as function_code,
    project.project_key,
    precise.table_last_digit_yuan
from cells
left join resolved
    on cells.fiscal_year is not distinct from resolved.fiscal_year
    and cells.statement_code = resolved.statement_code
    and cells.function_code is not distinct from resolved.function_code
    and cells.folded_function_name is not distinct from resolved.folded_function_name
left join precise
    on cells.document_key = precise.document_key
    and cells.table_index = precise.table_index
    and cells.published_unit is not distinct from precise.published_unit
left join {{ ref('int_project_mention') }} as project
    on cells.document_key = project.document_key
    and cells.project_code is not distinct from project.project_code
    and cells.project_name is not distinct from project.project_name

with cells as (
    select rows_read.* exclude (load_id, loaded_at)
    from {{ source('raw', 'statement_cell') }} as rows_read
    inner join {{ ref('stg_document') }} as document
        on rows_read.document_key = document.document_key and rows_read.load_id = document.load_id
),

converted as (
    select
        cells.*,
        {{ exact_number('cells.number_text') }} as number_value,
        units.factor,
        regexp_replace(cells.function_code, '[^0-9]', '', 'g') as function_digits
    from cells
    left join {{ ref('units') }} as units on cells.published_unit = units.unit
)

select
    * exclude (function_digits, number_value, factor, function_code),
    nullif(function_digits, '') as function_code,
    {{ to_yuan('number_value', 'factor') }} as amount_yuan,
    case when factor is null then try_cast(number_value as decimal(20, 4)) end as quantity,
    case when number_value is not null and factor is not null
            then {{ last_digit_yuan('number_text', 'factor') }}
    end as last_digit_yuan
from converted

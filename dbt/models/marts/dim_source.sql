select
    source_key,
    document_key,
    cast(page as integer) as page,
    sheet,
    cast(table_index as integer) as table_index,
    cast(row_index as integer) as row_index,
    cast(column_index as integer) as column_index,
    cast(line_start as integer) as line_start,
    cast(line_end as integer) as line_end,
    cast(char_start as integer) as char_start,
    cast(char_end as integer) as char_end,
    x0,
    y0,
    x1,
    y1,
    source_text
from {{ ref('stg_source') }}

with indicators as (
    select rows_read.* exclude (load_id, loaded_at)
    from {{ source('raw', 'performance_indicator') }} as rows_read
    inner join {{ ref('stg_document') }} as document
        on rows_read.document_key = document.document_key and rows_read.load_id = document.load_id
)

select
    indicators.* exclude (target_date),
    try_cast(indicators.target_date as date) as target_date,
    try_cast({{ printed_number('indicators.target_value_text') }} as decimal(24, 6)) as target_value,
    try_cast({{ printed_number('indicators.target_value_high_text') }} as decimal(24, 6)) as target_value_high,
    try_cast({{ printed_number('indicators.actual_value_text') }} as decimal(24, 6)) as actual_value,
    try_cast({{ printed_number('indicators.weight_text') }} as decimal(9, 4)) as weight,
    try_cast({{ printed_number('indicators.score_text') }} as decimal(9, 4)) as score
from indicators

select rows_read.* exclude (load_id, loaded_at)
from {{ source('raw', 'page_reading') }} as rows_read
inner join {{ ref('stg_document') }} as document
    on rows_read.document_key = document.document_key and rows_read.load_id = document.load_id

-- How the pages of each PDF were read: by which engine, and why not by the fast one (读取方式).
select
    document_key,
    engine,
    reason,
    cast(pages as integer) as pages
from {{ ref('stg_page_reading') }}

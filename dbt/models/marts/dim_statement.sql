select
    statement_code,
    statement_name,
    document_kind,
    grain,
    description,
    lower(cast(required as varchar)) in ('true', '1', 'yes', 'y') as is_required,
    try_cast(required_from as integer) as required_from_year
from {{ source('raw', 'statement') }}

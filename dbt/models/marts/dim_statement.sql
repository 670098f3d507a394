select
    statement_code,
    statement_name,
    document_kind,
    grain,
    description,
    lower(cast(required as varchar)) in ('true', '1', 'yes', 'y') as is_required
from {{ source('raw', 'statement') }}

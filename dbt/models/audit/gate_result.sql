select
    load_id,
    gate,
    suite,
    expectation,
    success,
    observed,
    checked_at
from {{ source('raw', 'gate_result') }}

select
    subject,
    subject_name,
    description
from {{ ref('narrative_subjects') }}

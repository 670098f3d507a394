-- Of each disclosure that is fully identified exactly one document counts.
select disclosure_key
from {{ ref('int_document') }}
where department_id is not null and fiscal_year is not null and document_kind is not null
group by disclosure_key
having count(*) filter (where is_current) <> 1

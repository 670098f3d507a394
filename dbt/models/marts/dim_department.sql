select * exclude (map_from_year, map_to_year)
from {{ ref('int_department') }}

-- No published column is a float, except the boxes of places.
-- depends_on: {{ ref('mart_department_year') }}
-- depends_on: {{ ref('fact_reconciliation') }}
select
    schema_name,
    table_name,
    column_name
from duckdb_columns()
where schema_name in ('marts', 'history', 'audit')
    and database_name = current_database()
    and data_type in ('DOUBLE', 'FLOAT')
    and column_name not in ('x0', 'y0', 'x1', 'y1')

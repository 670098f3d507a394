{{ config(alias='fact_resource') }}

-- Staff, vehicles, assets, procurement and operating expenses (资源): what the prose states, and the
-- figures of the regional tables of operating information.
with prose as (
    select
        document_key,
        amount_stage,
        resource_metric as metric,
        item_name,
        amount_yuan,
        quantity,
        case when quantity is not null then published_unit end as quantity_unit,
        published_text,
        published_unit,
        value_status,
        source_key,
        figure_no as position_no,
        1 as preference
    from {{ ref('int_narrative_figure') }}
    where resource_metric is not null
        and measure in ('value', 'count')
        and coalesce(comparator, 'none') = 'none'
        and ratio is null
),

from_tables as (
    select
        document_key,
        amount_stage,
        measure_code as metric,
        line_label as item_name,
        amount_yuan,
        quantity,
        case when quantity is not null then published_unit end as quantity_unit,
        published_text,
        published_unit,
        value_status,
        source_key,
        table_index * 100000 + line_no as position_no,
        2 as preference
    from {{ ref('int_statement_line') }}
    where measure_code in ('operating_expenses', 'procurement_goods', 'procurement_works', 'procurement_services')
        and line_role in ('total', 'leaf')
),

everything as (
    select * from prose
    union all
    select * from from_tables
)

select
    {{ key_of(['everything.document_key', 'everything.source_key', 'everything.metric']) }} as resource_key,
    everything.document_key,
    document.department_key,
    document.fiscal_year,
    everything.amount_stage,
    everything.metric,
    everything.item_name,
    everything.quantity,
    everything.quantity_unit,
    everything.amount_yuan,
    everything.published_text,
    everything.published_unit,
    everything.value_status,
    everything.source_key
from everything
inner join {{ ref('int_document') }} as document on everything.document_key = document.document_key
qualify row_number() over (
        partition by
            everything.document_key, everything.amount_stage, everything.metric,
            everything.quantity is null,
            -- A metric of prose may be stated for several items, such as kinds of vehicles.
            everything.item_name
        order by everything.preference, everything.position_no, everything.source_key
    ) = 1

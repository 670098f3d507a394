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

named_lines as (
    select
        line.*,
        case
            when line.measure_code in (
                    'operating_expenses', 'procurement_goods', 'procurement_works', 'procurement_services'
                ) then line.measure_code
            when line.label_key in (
                    'vehicles', 'procurement_total', 'procurement_goods', 'procurement_works',
                    'procurement_services', 'procurement_sme', 'procurement_micro'
                ) then line.label_key
        end as metric
    from {{ ref('int_statement_line') }} as line
    where coalesce(line.amount_yuan, line.quantity) is not null
        and line.measure_code <> 'change'
        and line.published_unit is distinct from '%'
),

told as (
    select distinct
        document_key,
        amount_stage,
        metric
    from prose
),

from_tables as (
    select
        line.document_key,
        line.amount_stage,
        line.metric,
        line.line_label as item_name,
        line.amount_yuan,
        line.quantity,
        case when line.quantity is not null then line.published_unit end as quantity_unit,
        line.published_text,
        line.published_unit,
        line.value_status,
        line.source_key,
        line.table_index * 100000 + line.line_no as position_no,
        2 as preference
    from named_lines as line
    -- Where prose states a metric, the table says it again.
    left join told
        on line.document_key = told.document_key
        and line.amount_stage = told.amount_stage
        and line.metric = told.metric
    where line.metric is not null
        and (line.line_role in ('total', 'leaf') or line.label_key = line.metric)
        and told.document_key is null
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

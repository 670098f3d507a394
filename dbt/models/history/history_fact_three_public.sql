{{ config(alias='fact_three_public') }}

-- “三公”经费 by item: the table where one prints the item, else the table of operating information
-- (机构运行信息表), else the prose. Counts stand in that table or in prose.
with table_items as (
    select
        document_key,
        amount_stage,
        coalesce(three_public_item, label_key) as item,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        statement_code,
        case statement_code when 'F14' then 2 else 1 end as preference,
        table_index * 100000 + line_no as position_no,
        source_key
    from {{ ref('int_statement_line') }}
    where statement_code in ('F9', 'B10', 'F14')
        and line_role not in ('of_which', 'memo')
        -- What an item grew by, or how far it was spent, is no amount of it.
        and measure_code <> 'change'
        and published_unit is distinct from '%'
),

prose_items as (
    select
        document_key,
        amount_stage,
        three_public_item as item,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        cast(null as varchar) as statement_code,
        3 as preference,
        figure_no as position_no,
        source_key
    from {{ ref('int_narrative_figure') }}
    where subject = 'three_public'
        and measure = 'value'
        and coalesce(comparator, 'none') = 'none'
        and amount_yuan is not null
),

items as (
    select * from table_items
    union all
    select * from prose_items
),

chosen as (
    select *
    from items
    where item in ('overseas_travel', 'vehicle_purchase', 'vehicle_operation', 'reception')
    qualify row_number() over (
            partition by document_key, amount_stage, item order by preference, position_no, source_key
        ) = 1
),

counted_lines as (
    select
        document_key,
        case
            when label_key in ('overseas_events', 'overseas_persons') then 'overseas_travel'
            when label_key = 'vehicles_purchased' then 'vehicle_purchase'
            when label_key = 'vehicles_owned' then 'vehicle_operation'
            when label_key in ('reception_events', 'reception_persons') then 'reception'
        end as item,
        case
            when label_key in ('overseas_events', 'reception_events') then 'event'
            when label_key in ('overseas_persons', 'reception_persons') then 'person'
            else 'vehicle'
        end as kind,
        quantity,
        1 as preference,
        table_index * 100000 + line_no as position_no
    from {{ ref('int_statement_line') }}
    where statement_code in ('F9', 'B10', 'F14')
        and amount_stage in ('final_account', 'execution')
        and quantity is not null
    union all
    select
        document_key,
        three_public_item as item,
        case
            when published_unit in ('批次', '批', '个', '次', '团组') then 'event'
            when published_unit in ('人', '人次') then 'person'
            when published_unit in ('辆', '台') then 'vehicle'
        end as kind,
        quantity,
        2 as preference,
        figure_no as position_no
    from {{ ref('int_narrative_figure') }}
    where measure = 'count'
),

first_counts as (
    select *
    from counted_lines
    where item is not null and kind is not null and quantity is not null
    qualify row_number() over (partition by document_key, item, kind order by preference, position_no) = 1
),

-- Counts follow the outcome of the year; the first statement of a kind counts.
counts as (
    select
        document_key,
        item,
        max(quantity) filter (where kind = 'event') as event_count,
        max(quantity) filter (where kind = 'person') as person_count,
        max(quantity) filter (where kind = 'vehicle') as vehicle_count
    from first_counts
    group by document_key, item
)

select
    {{ key_of(['chosen.document_key', 'chosen.amount_stage', 'chosen.item']) }} as three_public_key,
    chosen.document_key,
    document.department_key,
    document.fiscal_year,
    chosen.amount_stage,
    chosen.item,
    chosen.statement_code,
    case when chosen.statement_code is null then 'narrative' else 'table' end as basis,
    chosen.amount_yuan,
    cast(counts.event_count as bigint) as event_count,
    cast(counts.person_count as bigint) as person_count,
    cast(counts.vehicle_count as bigint) as vehicle_count,
    chosen.published_text,
    chosen.published_unit,
    chosen.value_status,
    'published' as value_origin,
    chosen.source_key
from chosen
inner join {{ ref('int_document') }} as document on chosen.document_key = document.document_key
left join counts
    on case when chosen.amount_stage in ('final_account', 'execution') then chosen.document_key end
    = counts.document_key
    and chosen.item = counts.item

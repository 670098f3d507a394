-- The published 本年收入合计 of each document and stage, from the best place that prints one.
with measures as (
    select
        measure_code,
        rank
    from {{ ref('cut_measures') }}
    where breakdown = 'total' and measure_code <> 'expenditure'
    union all
    select
        'revenue' as measure_code,
        0 as rank
),

-- A row of the revenue table that prints what is carried over as a source of its own.
carried_rows as (
    select distinct
        document_key,
        table_index,
        line_no,
        amount_stage
    from {{ ref('int_statement_line') }}
    where statement_code in ('B2', 'F2')
        and measure_code in ('carry_over', 'opening_balance', 'use_of_reserves')
        and amount_yuan <> 0
),

table_totals as (
    select
        line.document_key,
        line.amount_stage,
        case when line.statement_code in ('B1', 'F1') then 1 else 2 end as preference,
        line.table_index,
        line.line_no as position_no,
        measure.rank as measure_rank,
        line.amount_yuan,
        line.published_text,
        line.published_unit,
        line.value_status,
        line.table_last_digit_yuan as last_digit_yuan,
        line.statement_code,
        line.source_key
    from {{ ref('int_statement_line') }} as line
    inner join measures as measure
        on line.measure_code = measure.measure_code
    left join carried_rows
        on line.document_key = carried_rows.document_key
        and line.table_index = carried_rows.table_index
        and line.line_no = carried_rows.line_no
        and line.amount_stage = carried_rows.amount_stage
    where line.amount_yuan is not null
        and line.fund_source = 'all'
        -- Its total is no 本年收入合计, unless it says so.
        and (carried_rows.document_key is null or line.measure_code = 'revenue')
        and (
            (line.statement_code in ('B1', 'F1') and line.label_key = 'revenue_current_total')
            or (line.statement_code in ('B2', 'F2') and line.label_key in ('row_total', 'revenue_current_total'))
        )
),

narrative_totals as (
    select
        document_key,
        amount_stage,
        3 as preference,
        -1 as table_index,
        figure_no as position_no,
        1 as measure_rank,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        document_last_digit_yuan as last_digit_yuan,
        cast(null as varchar) as statement_code,
        source_key
    from {{ ref('int_narrative_figure') }}
    where amount_yuan is not null
        and measure = 'value'
        and coalesce(comparator, 'none') = 'none'
        and subject = 'revenue_current_total'
        and document_kind in ('budget', 'final_account')
),

candidates as (
    select * from table_totals
    union all
    select * from narrative_totals
),

{{ agreed_total('candidates') }}

select * exclude (preference, position_no, measure_rank, table_index)
from agreed

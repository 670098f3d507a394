{{ config(alias='fact_revenue') }}

-- Revenue of the year by source, each yuan once (收入): the chosen cut, its rest, and carry-over.
with counted as (
    select
        item.document_key,
        item.amount_stage,
        case
            when item.item_source <> 'fiscal_appropriation' then item.item_source
            when proof.document_key is not null then 'fiscal_appropriation_general'
        end as revenue_source,
        item.revenue_name,
        item.function_code,
        item.function_name,
        item.statement_code,
        item.amount_yuan,
        item.published_text,
        item.published_unit,
        item.value_status,
        'published' as value_origin,
        false as is_residual,
        item.source_key
    from {{ ref('int_revenue_item') }} as item
    inner join {{ ref('int_revenue_cut') }} as cut
        on item.document_key = cut.document_key
        and item.amount_stage = cut.amount_stage
        and item.cut_id = cut.cut_id
        and item.table_set = cut.table_set
    left join {{ ref('int_appropriation_proof') }} as proof
        on case when item.item_source = 'fiscal_appropriation' then item.document_key end = proof.document_key
        and item.amount_stage = proof.amount_stage
        and abs(item.amount_yuan - proof.amount_yuan) * 2 <= greatest(item.last_digit_yuan, proof.last_digit_yuan)
    qualify row_number() over (
            partition by item.document_key, item.source_key, item.item_source, item.amount_stage
            order by proof.amount_yuan
        ) = 1
),

-- What no printed item explains is one row: 未细化, or 尾差 where only rounding differs.
residuals as (
    select
        total.document_key,
        total.amount_stage,
        cast(null as varchar) as revenue_source,
        case cut.outcome when 'rounding' then '尾差' else '未细化' end as revenue_name,
        cast(null as varchar) as function_code,
        cast(null as varchar) as function_name,
        total.statement_code,
        cast(total.amount_yuan - coalesce(cut.items_yuan, 0) as decimal(20, 2)) as amount_yuan,
        total.published_text,
        total.published_unit,
        total.value_status,
        -- Where nothing is itemised the row is the printed total itself.
        case when coalesce(cut.items_yuan, 0) = 0 then 'published' else 'derived' end as value_origin,
        true as is_residual,
        total.source_key
    from {{ ref('int_revenue_total') }} as total
    left join {{ ref('int_revenue_cut') }} as cut
        on total.document_key = cut.document_key and total.amount_stage = cut.amount_stage
    where cut.outcome is null or cut.outcome in ('rounding', 'partial')
),

balances as (
    select
        document_key,
        amount_stage,
        label_key as revenue_source,
        line_label as revenue_name,
        statement_code,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        source_key,
        1 as preference,
        table_index * 100000 + line_no as position_no
    from {{ ref('int_statement_line') }}
    where statement_code in ('B1', 'F1')
        and label_key in ('opening_balance', 'use_of_reserves')
        and line_role <> 'of_which'
        and measure_code in ('amount', 'total', 'subtotal', 'revenue')
        and amount_yuan is not null
    union all
    select
        document_key,
        amount_stage,
        revenue_source,
        item_name as revenue_name,
        null as statement_code,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        source_key,
        2 as preference,
        figure_no as position_no
    from {{ ref('int_narrative_figure') }}
    where subject in ('balance', 'revenue_item')
        and revenue_source in ('opening_balance', 'use_of_reserves')
        and coalesce(fund_source, 'all') in ('all', 'carry_over')
        and measure = 'value'
        and coalesce(comparator, 'none') = 'none'
        and amount_yuan is not null
        and document_kind in ('budget', 'final_account')
),

carried_over as (
    select
        document_key,
        amount_stage,
        revenue_source,
        revenue_name,
        cast(null as varchar) as function_code,
        cast(null as varchar) as function_name,
        statement_code,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        'published' as value_origin,
        false as is_residual,
        source_key
    from balances
    qualify row_number() over (
            partition by document_key, amount_stage, revenue_source order by preference, position_no, source_key
        ) = 1
),

everything as (
    select * from counted
    union all
    select * from residuals
    where amount_yuan <> 0 or value_origin = 'published'
    union all
    select * from carried_over
)

select
    {{ key_of([
        'everything.document_key', 'everything.amount_stage', 'everything.source_key',
        'everything.revenue_source', 'everything.revenue_name', 'everything.is_residual'
    ]) }} as revenue_key,
    everything.document_key,
    document.department_key,
    document.fiscal_year,
    everything.amount_stage,
    coalesce(source.fund_source, 'all') as fund_source,
    everything.revenue_source,
    everything.revenue_name,
    coalesce(source.is_carry_over, false) as is_carry_over,
    everything.function_code,
    everything.function_name,
    everything.statement_code,
    case when everything.statement_code is null then 'narrative' else 'table' end as basis,
    everything.amount_yuan,
    everything.published_text,
    everything.published_unit,
    everything.value_status,
    everything.value_origin,
    everything.is_residual,
    rollup.is_rollup_base,
    everything.source_key
from everything
inner join {{ ref('int_document') }} as document on everything.document_key = document.document_key
inner join {{ ref('int_rollup') }} as rollup
    on everything.document_key = rollup.document_key
    and everything.amount_stage = rollup.amount_stage
    and rollup.flow = 'revenue'
left join {{ ref('revenue_sources') }} as source on everything.revenue_source = source.revenue_source
where document.document_kind in ('budget', 'final_account')

{{ config(alias='fact_revenue') }}

-- Revenue of the year by source, each yuan once (收入): the lines of the overview table where they
-- add up to 本年收入合计, else the columns of the revenue table, else the prose; the rest is residual.
with sources as (
    select unnest([
        'fiscal_appropriation_general', 'fiscal_appropriation_fund', 'fiscal_appropriation_state_capital',
        'special_account', 'superior_subsidy', 'business_income', 'operating_income',
        'remitted_by_subordinate', 'other_income'
    ]) as revenue_source
),

overview_lines as (
    select
        line.document_key,
        line.amount_stage,
        'overview' as cut_id,
        line.statement_code,
        coalesce(line.revenue_source, line.label_key) as revenue_source,
        line.line_label as revenue_name,
        line.amount_yuan,
        line.published_text,
        line.published_unit,
        line.value_status,
        line.table_last_digit_yuan as last_digit_yuan,
        line.source_key
    from {{ ref('int_statement_line') }} as line
    inner join {{ ref('cut_measures') }} as measure
        on line.measure_code = measure.measure_code and measure.breakdown = 'total'
    where line.statement_code in ('B1', 'F1')
        and line.amount_yuan is not null
        and line.line_role = 'leaf'
        and (
            line.label_key in (select sources.revenue_source from sources)
            or line.revenue_source in (select sources.revenue_source from sources)
        )
    qualify row_number() over (
            partition by line.document_key, line.amount_stage, line.table_index, line.line_no
            order by measure.rank, line.source_key
        ) = 1
),

listing_columns as (
    select
        document_key,
        amount_stage,
        'listing' as cut_id,
        statement_code,
        revenue_source,
        header_text as revenue_name,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        table_last_digit_yuan as last_digit_yuan,
        source_key
    from {{ ref('int_statement_line') }}
    where statement_code in ('B2', 'F2')
        and amount_yuan is not null
        and (label_key in ('row_total', 'revenue_current_total') or (label_key is null and line_role = 'total'))
        and (measure_code = 'fiscal_appropriation' or revenue_source in (select sources.revenue_source from sources))
    qualify row_number() over (
            partition by document_key, amount_stage, coalesce(revenue_source, measure_code)
            order by table_index, line_no, source_key
        ) = 1
),

prose_items as (
    select
        document_key,
        amount_stage,
        'narrative' as cut_id,
        cast(null as varchar) as statement_code,
        revenue_source,
        item_name as revenue_name,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        document_last_digit_yuan as last_digit_yuan,
        source_key
    from {{ ref('int_narrative_figure') }}
    where subject = 'revenue_item'
        and measure = 'value'
        and coalesce(comparator, 'none') = 'none'
        and amount_yuan is not null
        and coalesce(revenue_source, '') not in ('opening_balance', 'use_of_reserves', 'carry_over')
    qualify row_number() over (
            partition by document_key, amount_stage, coalesce(revenue_source, item_name)
            order by figure_no
        ) = 1
),

items as (
    select * from overview_lines
    union all
    select * from listing_columns
    union all
    select * from prose_items
),

totals as (
    select
        document_key,
        amount_stage,
        statement_code,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        last_digit_yuan,
        source_key
    from (
        select
            document_key,
            amount_stage,
            statement_code,
            case when statement_code in ('B1', 'F1') then 1 else 2 end as preference,
            table_index * 100000 + line_no as position_no,
            amount_yuan,
            published_text,
            published_unit,
            value_status,
            table_last_digit_yuan as last_digit_yuan,
            source_key
        from {{ ref('int_statement_line') }}
        where amount_yuan is not null
            and measure_code in ('amount', 'total', 'subtotal', 'revenue')
            and fund_source = 'all'
            and (
                (statement_code in ('B1', 'F1') and label_key = 'revenue_current_total')
                or (statement_code in ('B2', 'F2') and label_key in ('row_total', 'revenue_current_total'))
            )
        union all
        select
            document_key,
            amount_stage,
            null as statement_code,
            3 as preference,
            figure_no as position_no,
            amount_yuan,
            published_text,
            published_unit,
            value_status,
            document_last_digit_yuan as last_digit_yuan,
            source_key
        from {{ ref('int_narrative_figure') }}
        where subject = 'revenue_current_total'
            and measure = 'value'
            and coalesce(comparator, 'none') = 'none'
            and amount_yuan is not null
    )
    qualify row_number() over (
            partition by document_key, amount_stage order by preference, position_no, source_key
        ) = 1
),

cuts as (
    select
        items.document_key,
        items.amount_stage,
        items.cut_id,
        sum(items.amount_yuan) as items_yuan,
        any_value(totals.amount_yuan) as total_yuan,
        {{ rounding_tolerance(
            'max(greatest(items.last_digit_yuan, totals.last_digit_yuan))', 'count(*)'
        ) }} as tolerance_yuan
    from items
    left join totals
        on items.document_key = totals.document_key and items.amount_stage = totals.amount_stage
    group by items.document_key, items.amount_stage, items.cut_id
),

chosen as (
    select
        *,
        case
            when total_yuan is null then 'not_evaluable'
            when abs(items_yuan - total_yuan) <= tolerance_yuan then 'complete'
            when items_yuan < total_yuan then 'partial'
            else 'violation'
        end as outcome
    from cuts
    qualify row_number() over (
            partition by document_key, amount_stage
            order by
                case
                    when total_yuan is null or abs(items_yuan - total_yuan) <= tolerance_yuan then 1
                    when items_yuan < total_yuan then 2
                    else 3
                end,
                case cut_id when 'overview' then 1 when 'listing' then 2 else 3 end
        ) = 1
),

counted as (
    select
        items.* exclude (cut_id, last_digit_yuan),
        case when items.statement_code is null then 'narrative' else 'table' end as basis,
        'published' as value_origin,
        false as is_residual
    from items
    inner join chosen
        on items.document_key = chosen.document_key
        and items.amount_stage = chosen.amount_stage
        and items.cut_id = chosen.cut_id
    union all
    select
        totals.document_key,
        totals.amount_stage,
        totals.statement_code,
        null as revenue_source,
        case chosen.outcome when 'complete' then '尾差' else '未细化' end as revenue_name,
        cast(totals.amount_yuan - coalesce(chosen.items_yuan, 0) as decimal(20, 2)) as amount_yuan,
        totals.published_text,
        totals.published_unit,
        totals.value_status,
        totals.source_key,
        case when totals.statement_code is null then 'narrative' else 'table' end as basis,
        'derived' as value_origin,
        true as is_residual
    from totals
    left join chosen
        on totals.document_key = chosen.document_key and totals.amount_stage = chosen.amount_stage
    where (chosen.outcome is null or chosen.outcome in ('complete', 'partial'))
        and totals.amount_yuan <> coalesce(chosen.items_yuan, 0)
),

carried_over as (
    select
        document_key,
        amount_stage,
        statement_code,
        case when label_key = 'use_of_reserves' then 'use_of_reserves' else 'opening_balance' end as revenue_source,
        line_label as revenue_name,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        source_key,
        'table' as basis,
        'published' as value_origin,
        false as is_residual
    from {{ ref('int_statement_line') }}
    where statement_code in ('B1', 'F1')
        and label_key in ('opening_balance', 'use_of_reserves')
        and line_role <> 'of_which'
        and measure_code in ('amount', 'total', 'subtotal', 'revenue')
        and amount_yuan is not null
    qualify row_number() over (
            partition by document_key, amount_stage, label_key order by table_index, line_no, source_key
        ) = 1
),

everything as (
    select * from counted
    union all
    select * from carried_over
)

select
    {{ key_of([
        'everything.document_key', 'everything.amount_stage', 'everything.source_key',
        'everything.revenue_source', 'everything.is_residual'
    ]) }} as revenue_key,
    everything.document_key,
    document.department_key,
    document.fiscal_year,
    everything.amount_stage,
    case
        when everything.revenue_source in (select sources.revenue_source from sources)
            or everything.revenue_source in ('opening_balance', 'use_of_reserves')
            then everything.revenue_source
    end as revenue_source,
    everything.revenue_name,
    coalesce(everything.revenue_source in ('opening_balance', 'use_of_reserves'), false) as is_carry_over,
    everything.statement_code,
    everything.basis,
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
left join {{ ref('int_rollup') }} as rollup
    on everything.document_key = rollup.document_key and everything.amount_stage = rollup.amount_stage
where document.document_kind in ('budget', 'final_account')

-- The revenue items that could carry the cut (收入明细): lines of the overview, columns of the revenue
-- table by line or at its total, prose. 财政拨款收入 counts as printed where its funds are not printed or
-- do not add up to it; else its funds count.
with lines as (
    select
        line.document_key,
        line.amount_stage,
        line.statement_code,
        line.table_index,
        line.line_no,
        line.line_role,
        line.label_key,
        line.line_label,
        line.header_text,
        line.function_code,
        line.function_name,
        line.measure_code,
        coalesce(line.revenue_source, line.label_key) as line_source,
        line.revenue_source as column_source,
        line.fund_source,
        line.amount_yuan,
        line.published_text,
        line.published_unit,
        line.value_status,
        line.table_last_digit_yuan as last_digit_yuan,
        line.source_key
    from {{ ref('int_statement_line') }} as line
    where line.statement_code in ('B1', 'F1', 'B2', 'F2') and line.amount_yuan is not null
),

overview_lines as (
    select
        lines.*,
        'overview' as cut_id,
        lines.line_label as revenue_name,
        lines.line_source as item_source
    from lines
    inner join {{ ref('cut_measures') }} as measure
        on lines.measure_code = measure.measure_code and measure.breakdown = 'total'
    where lines.statement_code in ('B1', 'F1')
    qualify row_number() over (
            partition by lines.document_key, lines.amount_stage, lines.table_index, lines.line_no
            order by measure.rank, lines.source_key
        ) = 1
),

listing_columns as (
    select
        lines.*,
        case
            when lines.label_key in ('row_total', 'revenue_current_total')
                or (lines.label_key is null and lines.line_role = 'total')
                then 'listing_total'
            else 'listing'
        end as cut_id,
        lines.header_text as revenue_name,
        case when lines.measure_code = 'fiscal_appropriation' then 'fiscal_appropriation' else lines.column_source end
            as item_source
    from lines
    where lines.statement_code in ('B2', 'F2')
        and (
            lines.line_role = 'leaf' or lines.label_key in ('row_total', 'revenue_current_total')
            or (lines.label_key is null and lines.line_role = 'total')
        )
    -- One figure per line and source.
    qualify row_number() over (
            partition by lines.document_key, lines.amount_stage, lines.table_index, lines.line_no, item_source
            order by lines.source_key
        ) = 1
),

prose_items as (
    select
        document_key,
        amount_stage,
        cast(null as varchar) as statement_code,
        -1 as table_index,
        0 as line_no,
        'leaf' as line_role,
        'narrative' as cut_id,
        item_name as revenue_name,
        coalesce(revenue_source, case when item_name like '%财政拨款%' then 'fiscal_appropriation' end) as item_source,
        cast(null as varchar) as function_code,
        cast(null as varchar) as function_name,
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
        and document_kind in ('budget', 'final_account')
    qualify row_number() over (
            partition by document_key, amount_stage, coalesce(revenue_source, item_name) order by figure_no
        ) = 1
),

items as (
    {% for relation in ['overview_lines', 'listing_columns', 'prose_items'] -%}
        select
            document_key,
            amount_stage,
            cut_id,
            statement_code,
            table_index,
            line_no,
            line_role,
            item_source,
            revenue_name,
        {{ 'cast(null as varchar) as function_code, cast(null as varchar) as function_name'
            if relation == 'overview_lines' else 'function_code, function_name' }},
            amount_yuan,
            published_text,
            published_unit,
            value_status,
            last_digit_yuan,
            source_key
        from {{ relation }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor %}
),

named as (
    select
        items.*,
        coalesce(source.is_appropriation, false) as is_split,
        coalesce(items.item_source = 'fiscal_appropriation', false) as is_appropriation
    from items
    left join {{ ref('revenue_sources') }} as source on items.item_source = source.revenue_source
    where (source.revenue_source is not null and not source.is_carry_over)
        or items.item_source = 'fiscal_appropriation'
        or (items.cut_id = 'narrative' and items.item_source is null)
),

-- 财政拨款收入 against the funds printed with it: within one line of a listing, else within the table.
grouped as (
    select
        *,
        case when cut_id in ('listing', 'listing_total') then line_no else 0 end as group_no
    from named
),

appropriations as (
    select
        document_key,
        amount_stage,
        cut_id,
        table_index,
        group_no,
        count(*) filter (where is_split) > 0
        and abs(
            sum(amount_yuan) filter (where is_split) - max(amount_yuan) filter (where is_appropriation)
        ) <= {{ rounding_tolerance('max(last_digit_yuan)', 'count(*)') }} as is_split_whole
    from grouped
    group by document_key, amount_stage, cut_id, table_index, group_no
    having count(*) filter (where is_appropriation) > 0
)

select
    grouped.* exclude (is_split, is_appropriation, group_no, line_role),
    dense_rank() over (
        partition by grouped.document_key, grouped.cut_id, grouped.statement_code order by grouped.table_index
    ) as table_set
from grouped
left join appropriations
    on grouped.document_key = appropriations.document_key
    and grouped.amount_stage = appropriations.amount_stage
    and grouped.cut_id = appropriations.cut_id
    and grouped.table_index = appropriations.table_index
    and grouped.group_no = appropriations.group_no
where case
        -- Without the whole beside it a part must be a line of its own.
        when appropriations.document_key is null
            then not grouped.is_split or grouped.cut_id <> 'overview' or grouped.line_role = 'leaf'
        when appropriations.is_split_whole then not grouped.is_appropriation
        else not grouped.is_split
    end
    and (
        grouped.cut_id <> 'overview' or grouped.is_split or grouped.is_appropriation or grouped.line_role = 'leaf'
    )

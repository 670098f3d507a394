-- Which cut counts each yuan of revenue once (收入口径): the one with most detail that adds up to the
-- printed 本年收入合计; failing that one that covers a part, the rest being one residual row; failing
-- that a table as printed, which is a contradiction, reported and not corrected.
with table_sets as (
    select
        document_key,
        amount_stage,
        cut_id,
        table_set,
        sum(amount_yuan) as items_yuan,
        count(*) as n_items,
        count(distinct item_source) filter (where item_source <> 'fiscal_appropriation') as n_sources,
        bool_or(item_source = 'fiscal_appropriation') as is_unsplit,
        max(last_digit_yuan) as last_digit_yuan
    from {{ ref('int_revenue_item') }}
    group by document_key, amount_stage, cut_id, table_set
),

compared as (
    select
        table_sets.*,
        total.amount_yuan as total_yuan,
        total.source_key as total_source_key,
        {{ rounding_tolerance(
            'greatest(table_sets.last_digit_yuan, total.last_digit_yuan)', 'table_sets.n_items'
        ) }} as tolerance_yuan
    from table_sets
    left join {{ ref('int_revenue_total') }} as total
        on table_sets.document_key = total.document_key and table_sets.amount_stage = total.amount_stage
),

judged as (
    select
        *,
        case
            when total_yuan is null then 'not_evaluable'
            when items_yuan = total_yuan then 'pass'
            when abs(items_yuan - total_yuan) <= tolerance_yuan then 'rounding'
            when items_yuan < total_yuan then 'partial'
            else 'violation'
        end as outcome
    from compared
)

select
    document_key,
    amount_stage,
    cut_id,
    table_set,
    outcome,
    items_yuan,
    total_yuan,
    total_source_key,
    tolerance_yuan
from judged
qualify row_number() over (
        partition by document_key, amount_stage
        order by
            case outcome when 'partial' then 2 when 'violation' then 3 else 1 end,
            -- Exact tables before rounded prose, split funds before 财政拨款 as a whole.
            cut_id = 'narrative',
            is_unsplit,
            case cut_id when 'overview' then 1 when 'listing' then 2 when 'listing_total' then 3 else 4 end,
            table_set
    ) = 1

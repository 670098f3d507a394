{{ config(alias='fact_expenditure') }}

with table_leaves as (
    select
        leaf.document_key,
        leaf.amount_stage,
        leaf.fund_source,
        leaf.expenditure_type,
        leaf.function_code,
        leaf.published_code,
        coalesce(leaf.function_name, leaf.line_label) as function_name,
        leaf.department_economic_code,
        leaf.government_economic_code,
        leaf.project_key,
        leaf.statement_code,
        'table' as basis,
        leaf.amount_yuan,
        leaf.published_text,
        leaf.published_unit,
        leaf.value_status,
        'published' as value_origin,
        false as is_residual,
        leaf.source_key
    from {{ ref('int_expenditure_table_leaf') }} as leaf
    inner join {{ ref('int_expenditure_cut') }} as cut
        on leaf.document_key = cut.document_key
        and leaf.amount_stage = cut.amount_stage
        and leaf.cut_id = cut.cut_id
        and (cut.table_set = -1 or leaf.table_set = cut.table_set)
),

narrative_leaves as (
    select
        leaf.document_key,
        leaf.amount_stage,
        leaf.fund_source,
        'unspecified' as expenditure_type,
        leaf.function_code,
        leaf.published_code,
        leaf.item_name as function_name,
        null as department_economic_code,
        null as government_economic_code,
        null as project_key,
        null as statement_code,
        'narrative' as basis,
        leaf.amount_yuan,
        leaf.published_text,
        leaf.published_unit,
        leaf.value_status,
        'published' as value_origin,
        false as is_residual,
        leaf.source_key
    from {{ ref('int_expenditure_narrative_leaf') }} as leaf
    inner join {{ ref('int_expenditure_cut') }} as cut
        on leaf.document_key = cut.document_key
        and leaf.amount_stage = cut.amount_stage
        and leaf.cut_id = cut.cut_id
),

-- What no printed item explains is one row: 未细化 where the cut is incomplete by nature or absent,
-- 尾差 where only the rounding of the printed figures differs.
residuals as (
    select
        total.document_key,
        total.amount_stage,
        'all' as fund_source,
        'unspecified' as expenditure_type,
        null as function_code,
        null as published_code,
        case cut.outcome when 'rounding' then '尾差' else '未细化' end as function_name,
        null as department_economic_code,
        null as government_economic_code,
        null as project_key,
        total.statement_code,
        case when total.statement_code is null then 'narrative' else 'table' end as basis,
        cast(total.amount_yuan - coalesce(cut.leaves_yuan, 0) as decimal(20, 2)) as amount_yuan,
        total.published_text,
        total.published_unit,
        total.value_status,
        -- Where nothing is itemised the row is the printed total itself.
        case when coalesce(cut.leaves_yuan, 0) = 0 then 'published' else 'derived' end as value_origin,
        true as is_residual,
        total.source_key
    from {{ ref('int_expenditure_total') }} as total
    left join {{ ref('int_expenditure_cut') }} as cut
        on total.document_key = cut.document_key and total.amount_stage = cut.amount_stage
    where cut.outcome is null or cut.outcome in ('rounding', 'partial')
),

counted as (
    select * from table_leaves
    union all
    select * from narrative_leaves
    union all
    select * from residuals
),

staff_splits as (
    select
        document_key,
        amount_stage,
        function_code,
        coalesce(department_economic_code, '') as department_economic_code,
        coalesce(government_economic_code, '') as government_economic_code,
        min(staff_split) as staff_split,
        sum(amount_yuan) as amount_yuan
    from {{ ref('int_statement_line') }}
    where statement_code = 'B7' and staff_split is not null and line_role = 'leaf' and amount_yuan <> 0
    group by all
    having count(distinct staff_split) = 1
)

select
    {{ key_of([
        'counted.document_key', 'counted.amount_stage', 'counted.source_key', 'counted.expenditure_type',
        'counted.fund_source', 'counted.is_residual'
    ]) }} as expenditure_key,
    counted.document_key,
    document.department_key,
    document.fiscal_year,
    counted.amount_stage,
    counted.fund_source,
    counted.expenditure_type,
    -- 人员/公用 is read from the table of basic expenditure, never derived from the code.
    staff_splits.staff_split,
    counted.function_code,
    counted.published_code,
    counted.function_name,
    counted.department_economic_code,
    counted.government_economic_code,
    counted.project_key,
    counted.statement_code,
    counted.basis,
    counted.amount_yuan,
    counted.published_text,
    counted.published_unit,
    counted.value_status,
    counted.value_origin,
    counted.is_residual,
    rollup.is_rollup_base,
    counted.source_key
from counted
inner join {{ ref('int_document') }} as document on counted.document_key = document.document_key
inner join {{ ref('int_rollup') }} as rollup
    on counted.document_key = rollup.document_key
    and counted.amount_stage = rollup.amount_stage
    and rollup.flow = 'expenditure'
left join staff_splits
    on case when counted.expenditure_type = 'basic' then counted.document_key end = staff_splits.document_key
    and counted.amount_stage = staff_splits.amount_stage
    and counted.function_code = staff_splits.function_code
    and coalesce(counted.department_economic_code, '') = staff_splits.department_economic_code
    and coalesce(counted.government_economic_code, '') = staff_splits.government_economic_code
    and counted.amount_yuan = staff_splits.amount_yuan

-- The leaf figures of each expenditure table that could carry the cut (最细一级支出). A line gives its
-- total, or its split by nature or by fund where that split is printed and adds up.
with candidates as (
    select
        line.document_key,
        line.document_kind,
        line.fiscal_year,
        line.department_key,
        line.is_current,
        cut.cut_id,
        cut.fund_source as cut_fund_source,
        line.statement_code,
        line.table_index,
        line.line_no,
        line.line_label,
        line.function_code,
        line.published_code,
        line.function_name,
        line.department_economic_code,
        line.government_economic_code,
        line.organisation_name,
        line.project_key,
        line.amount_stage,
        line.measure_code,
        measure.breakdown,
        measure.rank,
        measure.expenditure_type,
        coalesce(measure.fund_source, nullif(line.fund_source, 'all'), cut.fund_source) as fund_source,
        line.fund_source in ('all', cut.fund_source) as is_of_whole,
        line.amount_yuan,
        line.published_text,
        line.published_unit,
        line.value_status,
        line.table_last_digit_yuan,
        line.source_key
    from {{ ref('int_statement_line') }} as line
    inner join {{ ref('cut_priority') }} as cut on line.statement_code = cut.statement_code
    inner join {{ ref('cut_measures') }} as measure on line.measure_code = measure.measure_code
    where line.line_role = 'leaf'
        and line.amount_yuan is not null
        and line.staff_split is null
        and (
            -- An overview table counts only with its lines by 类.
            cut.function_level is null
            or (line.label_key is null and (line.function_code is not null or line.function_name is not null))
        )
),

-- One figure per line, breakdown and meaning; a figure of the whole outranks one of a single fund.
chosen_cells as (
    select *
    from candidates
    qualify
        case breakdown
            when 'total'
                then row_number() over (
                        partition by document_key, table_index, line_no, amount_stage, breakdown
                        order by is_of_whole desc, rank asc, source_key asc
                    )
            when 'type'
                then dense_rank() over (
                        partition by document_key, table_index, line_no, amount_stage, breakdown
                        order by is_of_whole desc
                    )
            else 1
        end = 1
),

line_sums as (
    select
        document_key,
        statement_code,
        table_index,
        line_no,
        amount_stage,
        max(amount_yuan) filter (where breakdown = 'total') as total_yuan,
        sum(amount_yuan) filter (where breakdown = 'type') as type_sum_yuan,
        count(*) filter (where breakdown = 'type' and amount_yuan <> 0) as type_count,
        sum(amount_yuan) filter (where breakdown = 'fund') as fund_sum_yuan,
        count(*) filter (where breakdown = 'fund' and amount_yuan <> 0) as fund_count,
        max(table_last_digit_yuan) as last_digit_yuan
    from chosen_cells
    group by document_key, statement_code, table_index, line_no, amount_stage
),

line_breakdowns as (
    select
        *,
        case
            when type_count > 0 and (
                    total_yuan is null
                    or abs(type_sum_yuan - total_yuan) <= {{ rounding_tolerance('last_digit_yuan', 'type_count') }}
                ) then 'type'
            when fund_count > 0 and (
                    total_yuan is null
                    or abs(fund_sum_yuan - total_yuan) <= {{ rounding_tolerance('last_digit_yuan', 'fund_count') }}
                ) then 'fund'
            else 'total'
        end as chosen_breakdown
    from line_sums
),

leaves as (
    select chosen_cells.*
    from chosen_cells
    inner join line_breakdowns
        on chosen_cells.document_key = line_breakdowns.document_key
        and chosen_cells.table_index = line_breakdowns.table_index
        and chosen_cells.statement_code = line_breakdowns.statement_code
        and chosen_cells.line_no = line_breakdowns.line_no
        and chosen_cells.amount_stage = line_breakdowns.amount_stage
        and chosen_cells.breakdown = line_breakdowns.chosen_breakdown
    where chosen_cells.breakdown = 'total' or chosen_cells.amount_yuan <> 0
),

-- Recognition marks leaves by layout; the codes have the last word on what contains what.
line_codes as (
    select distinct
        document_key,
        table_index,
        amount_stage,
        function_code,
        coalesce(government_economic_code, '') as government_code,
        coalesce(department_economic_code, '') as department_code,
        coalesce(organisation_name, '') as organisation_name
    from leaves
    where function_code is not null
),

ancestors as (
    select distinct upper_line.*
    from line_codes as upper_line
    inner join line_codes as lower_line
        on upper_line.document_key = lower_line.document_key
        and upper_line.table_index = lower_line.table_index
        and upper_line.amount_stage = lower_line.amount_stage
        and upper_line.organisation_name = lower_line.organisation_name
        and starts_with(lower_line.function_code, upper_line.function_code)
        and starts_with(lower_line.government_code, upper_line.government_code)
        and starts_with(lower_line.department_code, upper_line.department_code)
        and length(lower_line.function_code) + length(lower_line.government_code)
        + length(lower_line.department_code)
        > length(upper_line.function_code) + length(upper_line.government_code)
        + length(upper_line.department_code)
)

select
    leaves.* exclude (rank, is_of_whole),
    -- The first print of each statement is one set, the second another: department and unit in one file.
    dense_rank() over (
        partition by leaves.document_key, leaves.cut_id, leaves.statement_code order by leaves.table_index
    ) as table_set
from leaves
left join ancestors
    on leaves.document_key = ancestors.document_key
    and leaves.table_index = ancestors.table_index
    and leaves.amount_stage = ancestors.amount_stage
    and leaves.function_code = ancestors.function_code
    and coalesce(leaves.government_economic_code, '') = ancestors.government_code
    and coalesce(leaves.department_economic_code, '') = ancestors.department_code
    and coalesce(leaves.organisation_name, '') = ancestors.organisation_name
where ancestors.document_key is null

-- Rules over items that two tables share (分科目、分项目勾稽), and over classes and the items below them.
-- Items that differ by the same amount are one finding with the number of items.
with lines as (
    select
        line.document_key,
        line.amount_stage,
        line.statement_code,
        line.table_index,
        line.line_no,
        line.line_label,
        line.line_role,
        line.label_key,
        line.function_code,
        line.department_economic_code,
        line.government_economic_code,
        line.organisation_name,
        line.project_key,
        line.measure_code,
        total.rank as total_rank,
        line.amount_yuan,
        line.table_last_digit_yuan as last_digit_yuan,
        line.source_key
    from {{ ref('int_statement_line') }} as line
    left join {{ ref('cut_measures') }} as total
        on line.measure_code = total.measure_code and total.breakdown = 'total'
    where line.amount_yuan is not null and line.line_role in ('leaf', 'subtotal', 'total')
),

-- A function stated twice in prose counts with its first print.
prose as (
    select
        document_key,
        amount_stage,
        'PROSE' as statement_code,
        -1 as table_index,
        figure_no as line_no,
        item_name as line_label,
        'leaf' as line_role,
        null as label_key,
        function_code,
        null as department_economic_code,
        null as government_economic_code,
        null as organisation_name,
        null as project_key,
        'total' as measure_code,
        1 as total_rank,
        amount_yuan,
        document_last_digit_yuan as last_digit_yuan,
        source_key
    from {{ ref('int_narrative_figure') }}
    where function_level is not null and function_code is not null
        and measure = 'value'
        and coalesce(comparator, 'none') = 'none'
        and coalesce(expenditure_type, 'unspecified') = 'unspecified'
        and coalesce(fund_source, 'all') in ('all', 'general_public_budget')
        and amount_yuan is not null
        -- 当年拨款 is without what is carried over, where the table of the fund has both.
        and not (
            contains(coalesce(section_path, ''), '当年拨款')
            and document_key in (
                select lines.document_key from lines
                where lines.statement_code = 'B6' and lines.measure_code = 'carry_over' and lines.amount_yuan <> 0
            )
        )
    qualify row_number() over (partition by document_key, amount_stage, function_code order by figure_no) = 1
),

-- A statement printed once per unit is checked in its first table.
first_tables as (
    select
        document_key,
        statement_code,
        min(table_index) as table_index
    from lines
    group by document_key, statement_code
    having count(distinct case when label_key = 'row_total' then table_index end) > 1
),

sources as (
    select lines.*
    from lines
    left join first_tables
        on lines.document_key = first_tables.document_key
        and lines.statement_code = first_tables.statement_code
    where first_tables.document_key is null or lines.table_index = first_tables.table_index
    union all by name
    select * from prose
),

terms as (
    select
        rule.rule_id,
        rule.relation,
        rule.group_by,
        term.side,
        term.sign,
        term.statement_code,
        term.selector,
        term.measure_code
    from {{ ref('reconciliation_terms') }} as term
    inner join {{ ref('reconciliation_rules') }} as rule on term.rule_id = rule.rule_id
    where rule.scope = 'group'
),

matched as (
    select
        terms.*,
        sources.document_key,
        sources.amount_stage,
        case terms.group_by
            when 'project' then sources.project_key
            when 'triple'
                then concat_ws(
                        ' ', sources.function_code, sources.government_economic_code, sources.department_economic_code
                    )
            else sources.function_code
        end as group_key,
        sources.line_label,
        sources.line_no,
        sources.table_index,
        sources.amount_yuan,
        sources.last_digit_yuan,
        sources.source_key,
        -- A listing by unit or economic class prints a function several times, a plain one once.
        sources.function_code || coalesce(sources.department_economic_code, '') as line_code
    from sources
    inner join terms
        on sources.statement_code = terms.statement_code
        and (
            sources.measure_code = terms.measure_code
            or (terms.measure_code = '*' and sources.total_rank is not null)
        )
    where case terms.selector
            when 'leaf' then sources.line_role = 'leaf'
            when 'item' then sources.line_role = 'leaf' and length(sources.function_code) = 7
            when 'class'
                then length(sources.function_code) = 3 and sources.label_key is null
                    and sources.department_economic_code is null and sources.organisation_name is null
            when 'function' then sources.function_code is not null and sources.department_economic_code is null
            else false
        end
    qualify row_number() over (
            partition by
                terms.rule_id, terms.side, terms.statement_code, terms.measure_code, sources.document_key,
                sources.amount_stage, sources.table_index, sources.line_no
            order by sources.total_rank, sources.source_key
        ) = 1
),

group_sides as (
    select
        rule_id,
        any_value(relation) as relation,
        document_key,
        amount_stage,
        group_key,
        min(line_label) as line_label,
        sum(sign * amount_yuan) filter (where side = 'left') as left_value,
        sum(sign * amount_yuan) filter (where side = 'right') as right_value,
        count(*) as n_figures,
        max(last_digit_yuan) as last_digit_yuan,
        arg_min(source_key, line_no) filter (where side = 'left') as left_source_key,
        arg_min(source_key, line_no) filter (where side = 'right') as right_source_key
    from matched
    where group_key is not null and group_key <> ''
    group by rule_id, document_key, amount_stage, group_key
),

-- Each class against the level right below it, in every column.
hierarchy_rules as (
    select
        rule.rule_id,
        term.statement_code
    from {{ ref('reconciliation_rules') }} as rule
    inner join {{ ref('reconciliation_terms') }} as term on rule.rule_id = term.rule_id
    where rule.scope = 'hierarchy' and term.side = 'left'
),

coded as (
    select
        hierarchy_rules.rule_id,
        lines.document_key,
        lines.amount_stage,
        lines.table_index,
        lines.measure_code,
        coalesce(lines.organisation_name, '') as organisation_name,
        case when lines.function_code is null then 'economic' else 'function' end as classification,
        coalesce(lines.function_code, lines.department_economic_code) as code,
        min(lines.line_no) as line_no,
        min(lines.line_label) as line_label,
        sum(lines.amount_yuan) as amount_yuan,
        count(*) as n_lines,
        max(lines.last_digit_yuan) as last_digit_yuan,
        min(lines.source_key) as source_key
    from lines
    inner join hierarchy_rules on lines.statement_code = hierarchy_rules.statement_code
    where lines.label_key is null
        and (lines.function_code is null) <> (lines.department_economic_code is null)
        and lines.government_economic_code is null
        and lines.project_key is null
    group by all
),

hierarchy_sides as (
    select
        upper_line.rule_id,
        'eq' as relation,
        upper_line.document_key,
        upper_line.amount_stage,
        upper_line.code || ' ' || upper_line.measure_code as group_key,
        any_value(upper_line.line_label) as line_label,
        any_value(upper_line.amount_yuan) as left_value,
        sum(lower_line.amount_yuan) as right_value,
        count(*) + 1 as n_figures,
        max(greatest(upper_line.last_digit_yuan, lower_line.last_digit_yuan)) as last_digit_yuan,
        any_value(upper_line.source_key) as left_source_key,
        arg_min(lower_line.source_key, lower_line.line_no) as right_source_key
    from coded as upper_line
    inner join coded as lower_line
        on upper_line.rule_id = lower_line.rule_id
        and upper_line.document_key = lower_line.document_key
        and upper_line.amount_stage = lower_line.amount_stage
        and upper_line.table_index = lower_line.table_index
        and upper_line.measure_code = lower_line.measure_code
        and upper_line.organisation_name = lower_line.organisation_name
        and upper_line.classification = lower_line.classification
        and length(lower_line.code) = length(upper_line.code) + 2
        and left(lower_line.code, length(lower_line.code) - 2) = upper_line.code
    where upper_line.n_lines = 1
    group by
        upper_line.rule_id, upper_line.document_key, upper_line.amount_stage, upper_line.table_index,
        upper_line.organisation_name, upper_line.code, upper_line.measure_code
),

all_sides as (
    select * from group_sides
    where left_value is not null and right_value is not null
    union all by name
    select * from hierarchy_sides
),

judged as (
    select
        *,
        {{ rounding_tolerance('last_digit_yuan', '(n_figures - 1)') }} as allowed
    from all_sides
),

outcomes as (
    select
        *,
        {{ reconciled('left_value', 'right_value', 'allowed', 'relation') }} as outcome
    from judged
),

findings as (
    select
        rule_id,
        document_key,
        amount_stage,
        coalesce(arg_min(group_key || ' ' || coalesce(line_label, ''), group_key), '')
        || case when count(*) > 1 then ' (+' || (count(*) - 1) || ')' else '' end as scope,
        outcome,
        arg_min(left_value, group_key) as left_value,
        arg_min(right_value, group_key) as right_value,
        max(allowed) as tolerance,
        arg_min(left_source_key, group_key) as left_source_key,
        arg_min(right_source_key, group_key) as right_source_key
    from outcomes
    group by
        rule_id, document_key, amount_stage, outcome,
        case when outcome in ('violation', 'rounding') then left_value - right_value end
)

select
    {{ reconciliation_columns() }}
from findings

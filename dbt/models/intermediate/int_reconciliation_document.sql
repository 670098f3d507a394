-- Rules over whole documents (表间与纵向勾稽): each side is a signed sum of terms that the seed names.
with cells as (
    select
        line.document_key,
        line.amount_stage,
        line.statement_code,
        line.table_index,
        line.table_index * 100000 + line.line_no as position_no,
        line.label_key,
        line.line_role,
        line.function_code,
        line.function_name,
        line.department_economic_code,
        line.revenue_source,
        line.measure_code,
        line.fund_source,
        line.amount_yuan,
        line.table_last_digit_yuan as last_digit_yuan,
        line.source_key,
        -- Tables of basic expenditure and of projects name what a line amounts to by what it is of; a
        -- block of 人员经费 beside one of 公用经费 has no other column.
        case
            when total.rank is not null then total.rank
            when line.statement_code = 'B4' and line.measure_code = 'project' then 8
            when line.statement_code not in ('F6', 'F15', 'B7') then null
            when line.measure_code = 'basic' then 8
            when line.measure_code in ('personnel', 'public')
                and count(*) filter (where line.measure_code in ('personnel', 'public')) over of_line = 1
                then 9
        end as total_rank,
        line.label_key = 'row_total' or (line.label_key is null and line.line_role = 'total') as is_row_total,
        -- 财政拨款收入 counts as one source where the overview does not split it by fund.
        bool_or(line.label_key = 'fiscal_appropriation') over of_table
        and not bool_or(
            line.label_key = 'fiscal_appropriation_general' and line.line_role = 'leaf'
        ) over of_table as is_unsplit
    from {{ ref('int_statement_line') }} as line
    left join {{ ref('cut_measures') }} as total
        on line.measure_code = total.measure_code and total.breakdown = 'total'
    where line.amount_yuan is not null
    window
        of_table as (partition by line.document_key, line.table_index, line.amount_stage),
        of_line as (partition by line.document_key, line.table_index, line.line_no, line.amount_stage)
),

-- A statement printed once per unit is checked in its first table; one printed in pieces as a whole.
statement_tables as (
    select
        document_key,
        statement_code,
        min(table_index) as first_table_index,
        count(distinct case when is_row_total then table_index end) > 1 as is_repeated
    from cells
    group by document_key, statement_code
),

checked_cells as (
    select cells.*
    from cells
    inner join statement_tables
        on cells.document_key = statement_tables.document_key
        and cells.statement_code = statement_tables.statement_code
    where not statement_tables.is_repeated or cells.table_index = statement_tables.first_table_index
),

terms as (
    select
        rule.rule_id,
        rule.document_kind,
        row_number() over (
            order by
                rule.rule_id, term.side, term.statement_code, term.selector,
                term.selector_key, term.measure_code, term.fund_source, term.amount_stage, term.sign
        ) as term_id,
        term.side,
        term.sign,
        term.statement_code,
        term.selector,
        term.selector_key,
        term.measure_code,
        term.fund_source,
        term.amount_stage,
        -- A rule between two stages belongs to that of its left side.
        max(case term.side when 'left' then term.amount_stage end) over (partition by rule.rule_id) as rule_stage,
        rule.relation,
        term.is_optional
    from {{ ref('reconciliation_terms') }} as term
    inner join {{ ref('reconciliation_rules') }} as rule on term.rule_id = rule.rule_id
    where rule.scope = 'document'
),

matched as (
    select
        terms.term_id,
        terms.selector,
        cells.document_key,
        coalesce(terms.rule_stage, cells.amount_stage) as amount_stage,
        -- A line that sums up the others of its table speaks for it.
        case when terms.selector = 'measure' and cells.is_row_total then cells.position_no - 100000000
            else cells.position_no
        end as position_no,
        cells.amount_yuan,
        cells.last_digit_yuan,
        cells.source_key
    from checked_cells as cells
    inner join terms
        on cells.statement_code = terms.statement_code
        and (
            cells.measure_code = terms.measure_code
            or (terms.measure_code = '*' and cells.total_rank is not null)
        )
        and cells.fund_source = coalesce(terms.fund_source, cells.fund_source)
        and cells.amount_stage = coalesce(terms.amount_stage, cells.amount_stage)
        and case terms.selector
            when 'label' then cells.label_key = terms.selector_key
            when 'row_total' then cells.is_row_total
            when 'revenue_lines'
                then (
                    cells.line_role = 'leaf' and cells.revenue_source is not null
                    and cells.revenue_source not in ('opening_balance', 'use_of_reserves', 'carry_over')
                    and not (cells.is_unsplit and cells.revenue_source like 'fiscal_appropriation%')
                )
                or (
                    cells.is_unsplit and cells.label_key = 'fiscal_appropriation'
                    and cells.line_role in ('leaf', 'subtotal')
                )
            when 'class_lines'
                then cells.line_role = 'leaf' and cells.label_key is null
                    and (length(cells.function_code) = 3 or cells.function_name is not null)
            when 'classes' then length(cells.function_code) = 3
            when 'economic' then cells.department_economic_code = terms.selector_key
            when 'economic_leaves'
                then cells.line_role = 'leaf' and starts_with(cells.department_economic_code, terms.selector_key)
            when 'measure' then cells.line_role not in ('memo', 'of_which')
            else false
        end
    qualify row_number() over (
            partition by terms.term_id, cells.document_key, cells.amount_stage, cells.position_no
            order by cells.total_rank, cells.source_key
        ) = 1
),

-- The leaves are those of the cut, where codes have had their say.
leaf_matches as (
    select
        terms.term_id,
        terms.selector,
        leaf.document_key,
        leaf.amount_stage,
        leaf.table_index * 100000 + leaf.line_no as position_no,
        leaf.amount_yuan,
        leaf.table_last_digit_yuan as last_digit_yuan,
        leaf.source_key
    from {{ ref('int_expenditure_table_leaf') }} as leaf
    inner join statement_tables
        on leaf.document_key = statement_tables.document_key
        and leaf.statement_code = statement_tables.statement_code
    inner join terms on leaf.statement_code = terms.statement_code and terms.selector = 'leaves'
    where not statement_tables.is_repeated or leaf.table_index = statement_tables.first_table_index
),

prose_matches as (
    select
        terms.term_id,
        terms.selector,
        figure.document_key,
        figure.amount_stage,
        figure.figure_no as position_no,
        figure.amount_yuan,
        figure.document_last_digit_yuan as last_digit_yuan,
        figure.source_key
    from {{ ref('int_narrative_figure') }} as figure
    inner join terms
        on figure.subject = terms.selector_key and terms.selector = 'subject'
        and coalesce(figure.fund_source, 'all') = coalesce(terms.fund_source, figure.fund_source, 'all')
    where figure.measure = 'value'
        and coalesce(figure.comparator, 'none') = 'none'
        and figure.amount_yuan is not null
),

all_matches as (
    select * from matched
    union all
    select * from leaf_matches
    union all
    select * from prose_matches
),

-- Where a line is meant, its first print counts; elsewhere all lines add up.
single_or_all as (
    select *
    from all_matches
    qualify selector in ('revenue_lines', 'class_lines', 'classes', 'leaves', 'economic_leaves')
        or row_number() over (
            partition by term_id, document_key, amount_stage order by position_no, source_key
        ) = 1
),

term_values as (
    select
        single_or_all.document_key,
        single_or_all.amount_stage,
        terms.rule_id,
        terms.side,
        terms.term_id,
        bool_and(terms.is_optional) as is_optional,
        sum(terms.sign * single_or_all.amount_yuan) as amount_yuan,
        count(*) as n_figures,
        max(single_or_all.last_digit_yuan) as last_digit_yuan,
        arg_min(single_or_all.source_key, single_or_all.position_no) as source_key
    from single_or_all
    inner join terms on single_or_all.term_id = terms.term_id
    group by
        single_or_all.document_key, single_or_all.amount_stage, terms.rule_id, terms.side, terms.term_id
),

required_terms as (
    select
        rule_id,
        any_value(relation) as relation,
        count(*) filter (where side = 'left' and not is_optional) as n_left,
        count(*) filter (where side = 'right' and not is_optional) as n_right
    from terms
    group by rule_id
),

compared as (
    select
        term_values.document_key,
        term_values.amount_stage,
        term_values.rule_id,
        sum(term_values.amount_yuan) filter (where term_values.side = 'left') as left_value,
        sum(term_values.amount_yuan) filter (where term_values.side = 'right') as right_value,
        sum(term_values.n_figures) as n_figures,
        max(term_values.last_digit_yuan) as last_digit_yuan,
        min(term_values.source_key) filter (where term_values.side = 'left') as left_source_key,
        arg_min(term_values.source_key, term_values.term_id) filter (where term_values.side = 'right')
            as right_source_key,
        count(*) filter (where term_values.side = 'left' and not term_values.is_optional) as n_left,
        count(*) filter (where term_values.side = 'right' and not term_values.is_optional) as n_right
    from term_values
    where term_values.side <> 'carried'
    group by term_values.document_key, term_values.amount_stage, term_values.rule_id
),

judged as (
    select
        compared.*,
        required_terms.relation,
        compared.n_left = required_terms.n_left and compared.n_right = required_terms.n_right
        and compared.left_value is not null and compared.right_value is not null as is_complete,
        {{ rounding_tolerance('compared.last_digit_yuan', '(compared.n_figures - 1)') }} as tolerance
    from compared
    inner join required_terms on compared.rule_id = required_terms.rule_id
),

-- What is carried over may stand on the right side and not on the left: its tables differ in that.
carried as (
    select
        judged.document_key,
        judged.amount_stage,
        judged.rule_id,
        max(term_values.amount_yuan) filter (
            where abs(judged.left_value + term_values.amount_yuan - judged.right_value) <= judged.tolerance
        ) as carried_yuan,
        max(term_values.amount_yuan) as most_yuan,
        bool_or(terms.fund_source is not null) as is_of_fund
    from judged
    inner join term_values
        on judged.document_key = term_values.document_key
        and judged.amount_stage = term_values.amount_stage
        and judged.rule_id = term_values.rule_id
    inner join terms on term_values.term_id = terms.term_id
    where term_values.side = 'carried' and judged.left_value < judged.right_value
    group by judged.document_key, judged.amount_stage, judged.rule_id
),

with_carried as (
    select
        judged.* exclude (left_value),
        judged.left_value + coalesce(carried.carried_yuan, 0) as left_value,
        -- A part of a balance of several funds: nobody can tell whether it is that of this one.
        carried.carried_yuan is null and not carried.is_of_fund
        and judged.right_value < judged.left_value + carried.most_yuan as is_open
    from judged
    left join carried
        on judged.document_key = carried.document_key
        and judged.amount_stage = carried.amount_stage
        and judged.rule_id = carried.rule_id
),

evaluated as (
    select
        rule_id,
        document_key,
        amount_stage,
        amount_stage as scope,
        {{ reconciled('left_value', 'right_value', 'tolerance', 'relation') }} as outcome,
        left_value,
        right_value,
        tolerance,
        left_source_key,
        right_source_key
    from with_carried
    where is_complete and not coalesce(is_open, false)
),

-- A rule that could not be evaluated says so: its tables are there and a figure is not, or the
-- tables are not there at all.
statements_present as (
    select distinct
        document_key,
        statement_code
    from cells
),

rule_statements as (
    select distinct
        rule_id,
        document_kind,
        statement_code
    from terms
    where statement_code is not null and side <> 'carried'
),

presence as (
    select
        document.document_key,
        rule_statements.rule_id,
        bool_and(statements_present.statement_code is not null) as is_present
    from {{ ref('int_document') }} as document
    inner join rule_statements on document.document_kind = rule_statements.document_kind
    left join statements_present
        on document.document_key = statements_present.document_key
        and rule_statements.statement_code = statements_present.statement_code
    group by document.document_key, rule_statements.rule_id
),

not_evaluated as (
    select
        presence.rule_id,
        presence.document_key,
        cast(null as varchar) as amount_stage,
        cast(null as varchar) as scope,
        case when presence.is_present then 'not_evaluable' else 'not_applicable' end as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        cast(null as varchar) as left_source_key,
        cast(null as varchar) as right_source_key
    from presence
    left join evaluated
        on presence.document_key = evaluated.document_key and presence.rule_id = evaluated.rule_id
    where evaluated.document_key is null
),

all_outcomes as (
    select * from evaluated
    union all
    select * from not_evaluated
)

select
    {{ reconciliation_columns() }}
from all_outcomes

-- Rules over each line of one table (表内横向勾稽): a total column against its parts. Lines that differ
-- by the same amount are one finding with the number of lines, never one finding per line.
with lines as (
    select
        line.document_key,
        line.amount_stage,
        line.statement_code,
        line.table_index,
        line.line_no,
        line.line_label,
        line.measure_code,
        line.amount_yuan,
        line.table_last_digit_yuan,
        line.source_key,
        total.rank as total_rank,
        bool_or(line.measure_code = 'basic') over (
            partition by line.document_key, line.amount_stage, line.table_index, line.line_no
        ) as prints_basic
    from {{ ref('int_statement_line') }} as line
    left join {{ ref('cut_measures') }} as total
        on line.measure_code = total.measure_code and total.breakdown = 'total'
    where line.amount_yuan is not null and line.line_role <> 'memo'
),

terms as (
    select
        rule.rule_id,
        term.side,
        term.sign,
        term.statement_code,
        term.measure_code,
        term.is_optional,
        -- Beside 基本支出 its parts are no further terms; they stand for it where it is not printed.
        term.measure_code in ('personnel', 'public') and bool_or(term.measure_code = 'basic') over (
            partition by term.rule_id, term.side, term.statement_code
        ) as is_part_of_basic
    from {{ ref('reconciliation_terms') }} as term
    inner join {{ ref('reconciliation_rules') }} as rule on term.rule_id = rule.rule_id
    where rule.scope = 'row'
),

matched as (
    select
        terms.rule_id,
        terms.side,
        terms.sign,
        terms.is_optional,
        lines.*
    from lines
    inner join terms
        on lines.statement_code = terms.statement_code
        and (
            lines.measure_code = terms.measure_code
            or (terms.measure_code = '*' and lines.total_rank is not null)
        )
        and not (terms.is_part_of_basic and lines.prints_basic)
    qualify
        row_number() over (
            partition by
                terms.rule_id, terms.side, terms.measure_code,
                lines.document_key, lines.amount_stage, lines.table_index, lines.line_no
            order by lines.total_rank, lines.source_key
        ) = 1
        -- Two figures of one measure on one line are columns of different funds: not this rule's matter.
        and count(*) over (
            partition by
                terms.rule_id, terms.side, lines.measure_code,
                lines.document_key, lines.amount_stage, lines.table_index, lines.line_no
        ) = 1
),

sides as (
    select
        rule_id,
        document_key,
        amount_stage,
        statement_code,
        table_index,
        line_no,
        any_value(line_label) as line_label,
        sum(sign * amount_yuan) filter (where side = 'left') as left_value,
        sum(sign * amount_yuan) filter (where side = 'right') as right_value,
        count(*) as n_terms,
        count(*) filter (where not is_optional) as n_required,
        max(table_last_digit_yuan) as last_digit_yuan,
        min(source_key) filter (where side = 'left') as left_source_key,
        min(source_key) filter (where side = 'right') as right_source_key
    from matched
    group by rule_id, document_key, amount_stage, statement_code, table_index, line_no
),

required_terms as (
    select
        rule_id,
        statement_code,
        count(*) filter (where not is_optional) as n_required
    from terms
    group by rule_id, statement_code
),

judged as (
    select
        sides.*,
        left_value - right_value as difference,
        {{ rounding_tolerance('last_digit_yuan', '(n_terms - 1)') }} as tolerance
    from sides
    inner join required_terms
        on sides.rule_id = required_terms.rule_id
        and sides.statement_code = required_terms.statement_code
    where left_value is not null and right_value is not null and sides.n_required = required_terms.n_required
),

outcomes as (
    select
        *,
        case
            when difference = 0 then 'pass'
            when abs(difference) <= tolerance then 'rounding'
            else 'violation'
        end as outcome
    from judged
)

select
    rule_id,
    document_key,
    amount_stage,
    statement_code || ' ' || arg_min(coalesce(line_label, ''), table_index * 100000 + line_no)
    || case when count(*) > 1 then ' (+' || (count(*) - 1) || ')' else '' end as scope,
    outcome,
    cast(arg_min(left_value, table_index * 100000 + line_no) as decimal(24, 6)) as left_value,
    cast(arg_min(right_value, table_index * 100000 + line_no) as decimal(24, 6)) as right_value,
    cast(difference as decimal(24, 6)) as difference,
    cast(max(tolerance) as decimal(24, 6)) as tolerance,
    arg_min(left_source_key, table_index * 100000 + line_no) as left_source_key,
    arg_min(right_source_key, table_index * 100000 + line_no) as right_source_key
from outcomes
group by rule_id, document_key, amount_stage, statement_code, outcome, difference

-- Which cut counts each yuan of a document once (口径选择): the finest one that adds up to the
-- published total; failing that, a table of all funds as printed (a contradiction, reported and not
-- corrected); failing that, a cut that covers a part, the rest being one residual row.
with leaves as (
    select
        document_key,
        amount_stage,
        cut_id,
        table_set,
        concat_ws(
            '|', statement_code, function_code, coalesce(function_name, line_label), department_economic_code,
            government_economic_code, project_key, organisation_name, expenditure_type, fund_source
        ) as line_identity,
        amount_yuan,
        table_last_digit_yuan as last_digit_yuan
    from {{ ref('int_expenditure_table_leaf') }}
    union all
    select
        document_key,
        amount_stage,
        cut_id,
        0 as table_set,
        null as line_identity,
        amount_yuan,
        document_last_digit_yuan as last_digit_yuan
    from {{ ref('int_expenditure_narrative_leaf') }}
),

-- A document may hold a statement several times, for the department and for each of its units.
-- Either all tables together add up, or one alone does.
table_sets as (
    select
        document_key,
        amount_stage,
        cut_id,
        -1 as table_set,
        sum(amount_yuan) as leaves_yuan,
        count(*) as n_leaves,
        max(last_digit_yuan) as last_digit_yuan,
        count(distinct table_set) as n_tables,
        count(distinct concat_ws('|', table_set, line_identity)) > count(distinct line_identity) as is_repeated
    from leaves
    group by document_key, amount_stage, cut_id
    union all
    select
        document_key,
        amount_stage,
        cut_id,
        table_set,
        sum(amount_yuan) as leaves_yuan,
        count(*) as n_leaves,
        max(last_digit_yuan) as last_digit_yuan,
        1 as n_tables,
        false as is_repeated
    from leaves
    where table_set > 0
    group by document_key, amount_stage, cut_id, table_set
),

priorities as (
    select
        cut_id,
        min(priority) as priority,
        bool_and(covers_all_funds) as covers_all_funds
    from {{ ref('cut_priority') }}
    group by cut_id
),

compared as (
    select
        table_sets.*,
        priorities.priority,
        priorities.covers_all_funds,
        total.amount_yuan as total_yuan,
        total.source_key as total_source_key,
        total.published_unit as total_published_unit,
        total.published_text as total_published_text,
        {{ rounding_tolerance(
            'greatest(table_sets.last_digit_yuan, total.last_digit_yuan)', 'table_sets.n_leaves'
        ) }} as tolerance_yuan
    from table_sets
    inner join priorities on table_sets.cut_id = priorities.cut_id
    left join {{ ref('int_expenditure_total') }} as total
        on table_sets.document_key = total.document_key
        and table_sets.amount_stage = total.amount_stage
),

judged as (
    select
        *,
        case
            when total_yuan is null then 'not_evaluable'
            when leaves_yuan = total_yuan then 'pass'
            when abs(leaves_yuan - total_yuan) <= tolerance_yuan then 'rounding'
            when not covers_all_funds and leaves_yuan < total_yuan then 'partial'
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
    leaves_yuan,
    total_yuan,
    tolerance_yuan
from judged
-- Prose that contradicts the total explains nothing; the total then stands alone.
where not (cut_id in ('narrative', 'narrative_all') and outcome = 'violation')
    -- Beside a published total of another stage, a part of the funds is no whole of this one; a
    -- document without any total is what its tables are.
    and not (
        outcome = 'not_evaluable' and not covers_all_funds
        and document_key in (select total.document_key from {{ ref('int_expenditure_total') }} as total)
    )
qualify row_number() over (
        partition by document_key, amount_stage
        order by
            case
                when outcome in ('pass', 'rounding') or (outcome = 'not_evaluable' and covers_all_funds) then 1
                when outcome = 'violation' and covers_all_funds then 2
                when outcome in ('partial', 'not_evaluable') then 3
                else 4
            end asc,
            priority asc,
            -- Tables that list the same lines again are the same money again, unless they add up.
            is_repeated and outcome not in ('pass', 'rounding') asc,
            n_tables desc,
            table_set asc
    ) = 1

-- Rules with a form of their own over figures of tables: the cuts, functions across two tables, codes,
-- signs, empty tables, and files of one version that differ.
with cut_checks as (
    select
        'CUT-01' as rule_id,
        cut.document_key,
        cut.amount_stage,
        cut.amount_stage || ' ' || cut.cut_id as scope,
        case cut.outcome when 'partial' then 'not_evaluable' else cut.outcome end as outcome,
        cut.leaves_yuan as left_value,
        cut.total_yuan as right_value,
        cut.tolerance_yuan as tolerance,
        cast(null as varchar) as left_source_key,
        total.source_key as right_source_key
    from {{ ref('int_expenditure_cut') }} as cut
    left join {{ ref('int_expenditure_total') }} as total
        on cut.document_key = total.document_key and cut.amount_stage = total.amount_stage
    union all
    select
        'CUT-02' as rule_id,
        document_key,
        amount_stage,
        amount_stage || ' ' || cut_id as scope,
        case outcome when 'partial' then 'not_evaluable' else outcome end as outcome,
        items_yuan as left_value,
        total_yuan as right_value,
        tolerance_yuan as tolerance,
        cast(null as varchar) as left_source_key,
        total_source_key as right_source_key
    from {{ ref('int_revenue_cut') }}
),

function_sums as (
    select
        document_key,
        amount_stage,
        statement_code,
        function_code,
        sum(amount_yuan) as amount_yuan,
        count(*) as n_leaves,
        max(table_last_digit_yuan) as last_digit_yuan,
        min(source_key) as source_key
    from {{ ref('int_expenditure_table_leaf') }}
    where statement_code in ('B3', 'B6') and function_code is not null
    group by document_key, amount_stage, statement_code, function_code
),

-- The two tables list the same money only where their totals agree.
same_money as (
    select
        document_key,
        amount_stage
    from function_sums
    group by document_key, amount_stage
    having sum(amount_yuan) filter (where statement_code = 'B3')
        = sum(amount_yuan) filter (where statement_code = 'B6')
),

function_checks as (
    select
        'BX-05' as rule_id,
        whole.document_key,
        whole.amount_stage,
        whole.function_code as scope,
        case
            when whole.amount_yuan = general.amount_yuan then 'pass'
            when abs(whole.amount_yuan - general.amount_yuan)
                <= {{ rounding_tolerance('whole.last_digit_yuan', 'whole.n_leaves') }} then 'rounding'
            else 'violation'
        end as outcome,
        whole.amount_yuan as left_value,
        general.amount_yuan as right_value,
        {{ rounding_tolerance('whole.last_digit_yuan', 'whole.n_leaves') }} as tolerance,
        whole.source_key as left_source_key,
        general.source_key as right_source_key
    from function_sums as whole
    inner join same_money
        on whole.document_key = same_money.document_key and whole.amount_stage = same_money.amount_stage
    inner join function_sums as general
        on whole.document_key = general.document_key
        and whole.amount_stage = general.amount_stage
        and whole.function_code = general.function_code
        and general.statement_code = 'B6'
    where whole.statement_code = 'B3'
),

pair_checks as (
    select
        'BX-13' as rule_id,
        line.document_key,
        line.amount_stage,
        left(line.government_economic_code, 3) || ' ' || left(line.department_economic_code, 3)
        || case when count(*) > 1 then ' (+' || (count(*) - 1) || ')' else '' end as scope,
        'violation' as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        min(line.source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from {{ ref('int_statement_line') }} as line
    left join {{ ref('economic_pairs') }} as pair
        on left(line.government_economic_code, 3) = pair.government_class
        and left(line.department_economic_code, 3) = pair.department_class
    where line.line_role = 'leaf' and line.amount_yuan <> 0
        and left(line.government_economic_code, 3) in (
            select known.government_class from {{ ref('economic_pairs') }} as known
        )
        and line.department_economic_code is not null
        and pair.government_class is null
    group by
        line.document_key, line.amount_stage, left(line.government_economic_code, 3),
        left(line.department_economic_code, 3)
),

project_code_checks as (
    select
        'BX-14' as rule_id,
        document_key,
        amount_stage,
        project_code as scope,
        case when count(distinct {{ folded_name('project_name') }}) > 1 then 'violation' else 'pass' end as outcome,
        count(distinct {{ folded_name('project_name') }}) as left_value,
        1 as right_value,
        0 as tolerance,
        min(source_key) as left_source_key,
        max(source_key) as right_source_key
    from {{ ref('int_statement_line') }}
    where statement_code = 'B4' and project_code is not null and project_name is not null
    group by document_key, amount_stage, project_code
    having count(distinct {{ folded_name('project_name') }}) > 1
),

sign_checks as (
    select
        'ALL-02' as rule_id,
        document_key,
        amount_stage,
        statement_code || ' ' || coalesce(line_label, '') as scope,
        'violation' as outcome,
        amount_yuan as left_value,
        0 as right_value,
        0 as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from {{ ref('int_statement_line') }}
    where amount_yuan < 0
        and coalesce(label_key, '') not in (
            'opening_balance', 'closing_balance', 'use_of_reserves', 'surplus_distribution'
        )
        and measure_code not in ('opening_balance', 'closing_balance', 'carry_over', 'change', 'growth_ratio')
),

table_figures as (
    select
        document_key,
        table_index,
        sum(abs(amount_yuan)) as absolute_yuan,
        min(source_key) filter (where amount_yuan <> 0) as source_key
    from {{ ref('int_statement_line') }}
    group by document_key, table_index
),

empty_checks as (
    select
        'ALL-03' as rule_id,
        tables.document_key,
        cast(null as varchar) as amount_stage,
        tables.statement_code || ' ' || coalesce(tables.table_title, '') as scope,
        case
            when coalesce(table_figures.absolute_yuan, 0) <> 0 then 'violation'
            -- The note on an empty table may stand in prose, where it is not read.
            when tables.status = 'template_empty' then 'not_evaluable'
            else 'pass'
        end as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        table_figures.source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from {{ ref('stg_statement_table') }} as tables
    left join table_figures
        on tables.document_key = table_figures.document_key and tables.table_index = table_figures.table_index
    where tables.status in ('declared_empty', 'template_empty') and tables.statement_code is not null
),

code_checks as (
    select
        'ALL-04' as rule_id,
        document_key,
        amount_stage,
        published_code || coalesce(' → ' || function_code, '') as scope,
        'violation' as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        min(source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from (
        select
            document_key,
            amount_stage,
            published_code,
            function_code,
            source_key
        from {{ ref('int_statement_line') }}
        union all
        select
            document_key,
            amount_stage,
            published_code,
            function_code,
            source_key
        from {{ ref('int_narrative_figure') }}
        where function_level is not null and measure = 'value'
    )
    where length(published_code) not in (3, 5, 7)
    group by document_key, amount_stage, published_code, function_code
),

version_checks as (
    select
        'VERSION-01' as rule_id,
        document.document_key,
        cast(null as varchar) as amount_stage,
        own.figure_name as scope,
        'violation' as outcome,
        own.figure_value as left_value,
        chosen.figure_value as right_value,
        0 as tolerance,
        own.source_key as left_source_key,
        chosen.source_key as right_source_key
    from {{ ref('int_document') }} as document
    inner join {{ ref('int_document_figure') }} as own on document.document_key = own.document_key
    inner join {{ ref('int_document_figure') }} as chosen
        on document.version_document_key = chosen.document_key and own.figure_key = chosen.figure_key
    where document.document_key <> document.version_document_key and own.figure_value <> chosen.figure_value
),

-- A file with nothing in common with the one that counts, such as the prose of an account whose tables
-- came in a workbook: its facts are in history alone, and that must be seen.
complement_checks as (
    select
        'VERSION-02' as rule_id,
        document.document_key,
        cast(null as varchar) as amount_stage,
        any_value(document.file_name) as scope,
        'violation' as outcome,
        count(*) as left_value,
        0 as right_value,
        0 as tolerance,
        min(own.source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from {{ ref('int_document') }} as document
    inner join {{ ref('int_document_figure') }} as own on document.document_key = own.document_key
    left join {{ ref('int_document_figure') }} as chosen
        on document.version_document_key = chosen.document_key and own.figure_key = chosen.figure_key
    where document.document_key <> document.version_document_key
    group by document.document_key
    having count(chosen.figure_key) = 0
),

all_checks as (
    {% for relation in [
        'cut_checks', 'function_checks', 'pair_checks', 'project_code_checks', 'sign_checks', 'empty_checks',
        'code_checks', 'version_checks', 'complement_checks'
    ] -%}
        select * replace ({{ exact_sides() }}) from {{ relation }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor -%}
)

select
    {{ reconciliation_columns() }}
from all_checks

-- Rules between documents of one department (跨文件勾稽), each over the current documents.
with headlines as (
    select
        document_key,
        amount_stage,
        'expenditure_total' as headline,
        amount_yuan,
        last_digit_yuan,
        source_key
    from {{ ref('int_expenditure_total') }}
    union all
    select
        document_key,
        amount_stage,
        'revenue_total' as headline,
        amount_yuan,
        last_digit_yuan,
        source_key
    from {{ ref('int_revenue_total') }}
    union all
    select
        document_key,
        amount_stage,
        coalesce(label_key, measure_code) as headline,
        amount_yuan,
        table_last_digit_yuan as last_digit_yuan,
        source_key
    from {{ ref('int_statement_line') }}
    where amount_yuan is not null
        and (
            (
                statement_code = 'F1' and label_key in ('opening_balance', 'closing_balance')
                and line_role <> 'of_which' and measure_code in ('amount', 'total')
            )
            or (statement_code in ('F9', 'B10') and measure_code = 'three_public_total')
        )
    qualify row_number() over (
            partition by document_key, amount_stage, headline
            order by table_index, line_no, source_key
        ) = 1
),

placed as (
    select
        headlines.*,
        document.department_id,
        document.fiscal_year,
        document.document_kind,
        document.reporting_level,
        document.parent_department_id
    from headlines
    inner join {{ ref('int_document') }} as document on headlines.document_key = document.document_key
    where document.is_current
),

paired as (
    select
        cross_rule.rule_id,
        left_side.document_key,
        left_side.amount_stage,
        cast(left_side.fiscal_year as varchar) || ' ' || cast(right_side.fiscal_year as varchar) as scope,
        rule.relation,
        left_side.amount_yuan as left_value,
        right_side.amount_yuan as right_value,
        {{ rounding_tolerance('greatest(left_side.last_digit_yuan, right_side.last_digit_yuan)', '1') }} as tolerance,
        left_side.source_key as left_source_key,
        right_side.source_key as right_source_key
    from {{ ref('reconciliation_cross') }} as cross_rule
    inner join {{ ref('reconciliation_rules') }} as rule on cross_rule.rule_id = rule.rule_id
    inner join placed as left_side
        on cross_rule.left_kind = left_side.document_kind
        and cross_rule.left_stage = left_side.amount_stage
        and cross_rule.left_headline = left_side.headline
    inner join placed as right_side
        on left_side.department_id = right_side.department_id
        and left_side.fiscal_year - cross_rule.year_offset = right_side.fiscal_year
        and cross_rule.right_kind = right_side.document_kind
        and cross_rule.right_stage = right_side.amount_stage
        and cross_rule.right_headline = right_side.headline
        and left_side.document_key <> right_side.document_key
    where coalesce(left_side.reporting_level = 'headquarters', false)
        = coalesce(right_side.reporting_level = 'headquarters', false)
),

-- Units may be missing, and pass money on to one another: the department is the upper bound.
unit_sums as (
    select
        parent_department_id,
        fiscal_year,
        document_kind,
        amount_stage,
        sum(amount_yuan) as amount_yuan,
        count(*) as n_units,
        max(last_digit_yuan) as last_digit_yuan,
        min(source_key) as source_key
    from placed
    where headline = 'expenditure_total' and parent_department_id is not null
    group by parent_department_id, fiscal_year, document_kind, amount_stage
),

units as (
    select
        'X-04' as rule_id,
        department.document_key,
        department.amount_stage,
        unit_sums.n_units || ' 个单位' as scope,
        'le' as relation,
        unit_sums.amount_yuan as left_value,
        department.amount_yuan as right_value,
        {{ rounding_tolerance(
            'greatest(unit_sums.last_digit_yuan, department.last_digit_yuan)', 'unit_sums.n_units'
        ) }} as tolerance,
        unit_sums.source_key as left_source_key,
        department.source_key as right_source_key
    from unit_sums
    inner join placed as department
        on unit_sums.parent_department_id = department.department_id
        and unit_sums.fiscal_year = department.fiscal_year
        and unit_sums.document_kind = department.document_kind
        and unit_sums.amount_stage = department.amount_stage
    where department.headline = 'expenditure_total' and department.reporting_level = 'department'
),

compared as (
    select * from paired
    union all
    select * from units
),

-- A unit that the department's tables list and whose document is not there, where some of its units
-- published one.
listed as (
    select
        line.document_key,
        document.department_id,
        document.fiscal_year,
        document.document_kind,
        line.organisation_name,
        min(line.source_key) as source_key
    from {{ ref('int_statement_line') }} as line
    inner join {{ ref('int_document') }} as document on line.document_key = document.document_key
    where line.organisation_name is not null and document.is_current and document.reporting_level = 'department'
    group by
        line.document_key, document.department_id, document.fiscal_year, document.document_kind,
        line.organisation_name
),

published_units as (
    select distinct
        parent_department_id,
        fiscal_year,
        document_kind,
        {{ folded_name('department_name') }} as folded_unit
    from {{ ref('int_document') }}
    where parent_department_id is not null and is_current
),

expected_units as (
    select
        'X-08' as rule_id,
        listed.document_key,
        cast(null as varchar) as amount_stage,
        listed.organisation_name as scope,
        case when bool_or({{ folded_name('listed.organisation_name') }} = published_units.folded_unit)
                then 'pass'
            else 'violation'
        end as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        min(listed.source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from listed
    inner join published_units
        on listed.department_id = published_units.parent_department_id
        and listed.fiscal_year = published_units.fiscal_year
        and listed.document_kind = published_units.document_kind
    inner join {{ ref('int_document') }} as document on listed.document_key = document.document_key
    where not contains(listed.organisation_name, '本级')
        and {{ folded_name('listed.organisation_name') }} <> {{ folded_name('document.department_name') }}
    group by listed.document_key, listed.organisation_name
),

restated as (
    select
        'X-06' as rule_id,
        document_key,
        cast(null as varchar) as amount_stage,
        figure_name as scope,
        'violation' as outcome,
        before_value as left_value,
        after_value as right_value,
        0 as tolerance,
        before_source_key as left_source_key,
        after_source_key as right_source_key
    from {{ ref('int_restatement') }}
    where change_kind = 'changed'
),

all_checks as (
    select
        rule_id,
        document_key,
        amount_stage,
        scope,
        {{ reconciled('left_value', 'right_value', 'tolerance', 'relation') }} as outcome,
        left_value,
        right_value,
        tolerance,
        left_source_key,
        right_source_key
    from compared
    union all
    select * from expected_units
    union all
    select * from restated
)

select
    {{ reconciliation_columns() }}
from all_checks

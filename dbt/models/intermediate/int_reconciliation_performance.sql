{%- set fiscal_parts -%}
    (
        'fiscal_superior', 'fiscal_own_level', 'fiscal_other_level', 'fiscal_general', 'fiscal_fund', 'fiscal_capital'
    )
{%- endset -%}
-- Rules of performance forms (绩效勾稽). Rules over indicators give one row for each indicator that breaks
-- them and one for each form that keeps them.
with projects as (
    select * from {{ ref('history_fact_project_performance') }}
),

indicators as (
    select
        indicator.*,
        project.execution_weight is not null as has_execution_weight,
        coalesce(project.adjusted_budget_yuan, project.initial_budget_yuan) as budget_yuan,
        unit.factor as target_factor,
        -- An amount in that unit usually has two places; one of them rounded is one last digit off.
        coalesce(fund_unit.factor, 1) * cast(0.01 as decimal(3, 2)) as budget_tolerance,
        regexp_matches(
            coalesce(indicator.actual_text, ''), '^(达成年度指标|达成预期指标|部分达成|未达成)'
        ) as is_tier
    from {{ ref('history_fact_performance_indicator') }} as indicator
    left join projects as project
        on indicator.document_key = project.document_key and indicator.project_no = project.project_no
    left join {{ ref('units') }} as unit on indicator.target_unit = unit.unit
    left join {{ ref('units') }} as fund_unit on project.published_unit = fund_unit.unit
),

weights as (
    select
        document_key,
        project_no,
        sum(weight) as weight,
        count(weight) = count(*) as is_weighted
    from indicators
    where phase = 'result'
    group by document_key, project_no
),

scored_projects as (
    select
        projects.document_key,
        coalesce(projects.project_name, '') as scope,
        projects.execution_ratio,
        projects.execution_ratio_published,
        projects.execution_weight,
        projects.execution_score,
        projects.total_score,
        projects.total_score_published,
        projects.grade_published,
        case when weights.is_weighted and projects.execution_weight is not null
                then weights.weight + projects.execution_weight
        end as total_weight,
        projects.source_key,
        projects.executed_source_key
    from projects
    left join weights
        on projects.document_key = weights.document_key and projects.project_no = weights.project_no
    where projects.phase = 'result'
),

project_sides as (
    select
        'P-01' as rule_id,
        document_key,
        scope,
        total_weight as left_value,
        cast(100 as decimal(9, 4)) as right_value,
        cast(0.01 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from scored_projects
    union all
    select
        'P-03' as rule_id,
        document_key,
        scope,
        execution_ratio_published as left_value,
        execution_ratio as right_value,
        cast(0.001 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        executed_source_key as right_source_key
    from scored_projects
    union all
    select
        'P-04' as rule_id,
        document_key,
        scope,
        execution_score as left_value,
        execution_weight * least(coalesce(execution_ratio, execution_ratio_published), 1) as right_value,
        cast(0.06 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        executed_source_key as right_source_key
    from scored_projects
    union all
    select
        'P-05' as rule_id,
        document_key,
        scope,
        total_score_published as left_value,
        total_score as right_value,
        cast(0.05 as decimal(4, 3)) as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from scored_projects
),

project_checks as (
    select
        rule_id,
        document_key,
        scope,
        {{ reconciled('left_value', 'right_value', 'tolerance') }} as outcome,
        left_value,
        right_value,
        tolerance,
        left_source_key,
        right_source_key
    from project_sides
),

-- A grade is wrong where no scheme that knows it has the score in its band.
grade_checks as (
    select
        'P-07' as rule_id,
        project.document_key,
        project.scope || ' ' || any_value(project.grade_published) as scope,
        case
            when bool_or(
                    any_band.low_score <= project.total_score_published
                    and (project.total_score_published < any_band.high_score or any_band.high_score = 100)
                ) then 'pass'
            else 'violation'
        end as outcome,
        any_value(project.total_score_published) as left_value,
        min(any_band.low_score) as right_value,
        cast(0 as decimal(4, 3)) as tolerance,
        project.source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from scored_projects as project
    inner join {{ ref('grade_bands') }} as any_band on left(trim(project.grade_published), 1) = any_band.grade
    where project.total_score_published is not null
    group by project.document_key, project.scope, project.source_key
),

level_weights as (
    select
        document_key,
        project_no,
        coalesce(any_value(project_name), '') as scope,
        level1_code,
        sum(weight) as weight,
        min(source_key) as source_key
    from indicators
    where phase = 'result' and weight is not null and has_execution_weight
    group by document_key, project_no, level1_code
),

schemes as (
    select distinct scheme_id
    from {{ ref('weight_schemes') }}
),

scheme_fits as (
    select
        level_weights.document_key,
        level_weights.project_no,
        scheme.scheme_id,
        any_value(level_weights.scope) as scope,
        count(*) filter (where known.weight is distinct from level_weights.weight) as n_differing,
        min(level_weights.source_key) as source_key
    from level_weights
    cross join schemes as scheme
    left join {{ ref('weight_schemes') }} as known
        on scheme.scheme_id = known.scheme_id and level_weights.level1_code = known.level1_code
    group by level_weights.document_key, level_weights.project_no, scheme.scheme_id
),

scheme_checks as (
    select
        'P-02' as rule_id,
        document_key,
        any_value(scope) as scope,
        case when min(n_differing) = 0 then 'pass' else 'violation' end as outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        min(source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from scheme_fits
    group by document_key, project_no
),

-- One finding per phrase, not per indicator.
phrases as (
    select
        document_key,
        coalesce(any_value(project_name), '') as scope,
        actual_text,
        count(*) as n_indicators,
        min(source_key) as source_key
    from indicators
    where phase = 'result' and not is_tier and actual_value is null
        and length(actual_text) between 4 and 20 and regexp_matches(actual_text, '完成|达成|达到|实现')
    group by document_key, project_no, actual_text
),

phrase_checks as (
    select
        'P-17' as rule_id,
        document_key,
        scope || ' ' || actual_text as scope,
        case when n_indicators >= 3 then 'violation' else 'pass' end as outcome,
        n_indicators as left_value,
        null as right_value,
        null as tolerance,
        source_key as left_source_key,
        cast(null as varchar) as right_source_key
    from phrases
),

tiered_documents as (
    select distinct document_key
    from indicators
    where is_tier
),

indicator_sides as (
    select
        'P-06' as rule_id,
        indicator_key,
        score as left_value,
        weight as right_value,
        score > weight as is_broken
    from indicators
    where score is not null and weight is not null
    union all
    select
        'P-08' as rule_id,
        indicator_key,
        score as left_value,
        case
            when score > recomputed_score_high then recomputed_score_high
            else recomputed_score_low
        end as right_value,
        score > recomputed_score_high + cast(0.05 as decimal(3, 2))
        or score < recomputed_score_low - cast(0.05 as decimal(3, 2)) as is_broken
    from indicators
    where score is not null and recomputed_score_low is not null and recomputed_score_high is not null
    union all
    select
        'P-09' as rule_id,
        indicator_key,
        score as left_value,
        recomputed_score_high as right_value,
        full_marks_missed as is_broken
    from indicators
    where score is not null and weight is not null and attainment_status <> 'unknown'
    union all
    select
        'P-10' as rule_id,
        indicator_key,
        score as left_value,
        weight as right_value,
        score < weight and coalesce(trim(deviation_reason), '') in ('', '无', '—', '-') as is_broken
    from indicators
    where score is not null and weight is not null
    union all
    select
        'P-11' as rule_id,
        indicator_key,
        actual_value as left_value,
        target_value as right_value,
        attainment_ratio >= cast(1.3 as decimal(2, 1)) as is_broken
    from indicators
    where phase = 'result' and target_operator in ('ge', 'gt') and attainment_ratio is not null
    union all
    select
        'P-13' as rule_id,
        indicator_key,
        try_cast(target_value * target_factor as decimal(24, 6)) as left_value,
        budget_yuan as right_value,
        target_value * target_factor > budget_yuan + budget_tolerance as is_broken
    from indicators
    where scope = 'project' and (level1_code = 'cost' or level2 like '%成本%' or level3 like '%总成本%')
        and target_factor is not null and target_value is not null and budget_yuan is not null
        and target_operator in ('le', 'lt', 'eq')
    union all
    select
        'P-15' as rule_id,
        indicators.indicator_key,
        null as left_value,
        null as right_value,
        not indicators.is_tier and indicators.attainment_status = 'unknown' as is_broken
    from indicators
    inner join tiered_documents on indicators.document_key = tiered_documents.document_key
    where indicators.phase = 'result' and indicators.target_operator = 'qualitative'
        and indicators.actual_text is not null
),

indicator_checks as (
    select
        sides.rule_id,
        indicators.document_key,
        coalesce(indicators.project_name, '')
        || case when sides.is_broken then ' ' || coalesce(indicators.level3, indicators.level2, '') else '' end
            as scope,
        case when sides.is_broken then 'violation' else 'pass' end as outcome,
        any_value(sides.left_value) filter (where sides.is_broken) as left_value,
        any_value(sides.right_value) filter (where sides.is_broken) as right_value,
        null as tolerance,
        min(indicators.source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from indicator_sides as sides
    inner join indicators on sides.indicator_key = indicators.indicator_key
    group by
        sides.rule_id, indicators.document_key, indicators.project_no, indicators.project_name, sides.is_broken,
        case when sides.is_broken then sides.indicator_key end, indicators.level3, indicators.level2
),

-- One row per form that keeps a rule.
indicator_findings as (
    select * from indicator_checks
    where outcome = 'violation'
    union all
    select
        rule_id,
        document_key,
        scope,
        outcome,
        null as left_value,
        null as right_value,
        null as tolerance,
        min(left_source_key) as left_source_key,
        cast(null as varchar) as right_source_key
    from indicator_checks
    where outcome = 'pass'
    group by rule_id, document_key, scope, outcome
),

-- 年度资金总额 against its parts; 财政拨款 holds 上级, 本级 and the funds where it is printed itself.
funds as (
    select
        document_key,
        amount_stage,
        table_index,
        project_key,
        any_value(project_name) as scope,
        max(amount_yuan) filter (where label_key = 'funds_total') as left_value,
        sum(amount_yuan) filter (
            where line_role = 'of_which'
            and label_key not in {{ fiscal_parts }}
        ) as main_yuan,
        sum(amount_yuan) filter (
            where label_key in {{ fiscal_parts }}
        ) as levels_yuan,
        bool_or(label_key in ('fiscal', 'fiscal_current_year')) as has_fiscal,
        count(*) filter (where line_role = 'of_which') as n_parts,
        max(table_last_digit_yuan) as last_digit_yuan,
        min(source_key) filter (where label_key = 'funds_total') as left_source_key,
        min(source_key) filter (where line_role = 'of_which') as right_source_key
    from {{ ref('int_statement_line') }}
    where statement_code in ('PF', 'PD')
    group by document_key, amount_stage, table_index, project_key
    having count(*) filter (where label_key = 'funds_total') = 1
),

fund_sides as (
    select
        *,
        coalesce(main_yuan, 0) + case when has_fiscal then 0 else coalesce(levels_yuan, 0) end as right_value
    from funds
    where n_parts > 0
),

fund_checks as (
    select
        'P-12' as rule_id,
        document_key,
        amount_stage || ' ' || coalesce(scope, '') as scope,
        case
            -- Parts that are not printed may hold the rest.
            when right_value < left_value and n_parts < 3 then 'not_evaluable'
            else {{ reconciled('left_value', 'right_value', rounding_tolerance('last_digit_yuan', 'n_parts')) }}
        end as outcome,
        left_value,
        right_value,
        {{ rounding_tolerance('last_digit_yuan', 'n_parts') }} as tolerance,
        left_source_key,
        right_source_key
    from fund_sides
),

-- Projects and indicators of a self-evaluation against the budget of the year.
budgeted as (
    select
        line.project_key,
        document.department_id,
        document.fiscal_year,
        sum(line.amount_yuan) as amount_yuan,
        max(line.table_last_digit_yuan) as last_digit_yuan,
        min(line.source_key) as source_key
    from {{ ref('int_statement_line') }} as line
    inner join {{ ref('int_document') }} as document on line.document_key = document.document_key
    where line.statement_code = 'B4' and line.measure_code = 'total' and line.line_role = 'leaf'
        and document.is_current and line.project_key is not null
    group by line.project_key, document.department_id, document.fiscal_year
),

budget_checks as (
    select
        'P-14' as rule_id,
        project.document_key,
        coalesce(project.project_name, '') as scope,
        case
            -- 全年预算 alone may have been adjusted since the budget was published.
            when project.initial_budget_yuan is null and project.adjusted_budget_yuan <> budgeted.amount_yuan
                then 'not_evaluable'
            else {{ reconciled(
                'coalesce(project.initial_budget_yuan, project.adjusted_budget_yuan)', 'budgeted.amount_yuan',
                rounding_tolerance('greatest(budgeted.last_digit_yuan, 100)', '1')
            ) }}
        end as outcome,
        coalesce(project.initial_budget_yuan, project.adjusted_budget_yuan) as left_value,
        budgeted.amount_yuan as right_value,
        {{ rounding_tolerance('greatest(budgeted.last_digit_yuan, 100)', '1') }} as tolerance,
        project.source_key as left_source_key,
        budgeted.source_key as right_source_key
    from projects as project
    inner join {{ ref('int_document') }} as document on project.document_key = document.document_key
    inner join budgeted
        on project.project_key = budgeted.project_key
        and document.department_id = budgeted.department_id
        and document.fiscal_year = budgeted.fiscal_year
    where project.phase = 'result'
),

target_checks as (
    select
        'P-16' as rule_id,
        result.document_key,
        coalesce(result.project_name, '') || ' ' || result.level3 as scope,
        case
            when coalesce(result.target_unit, '') = coalesce(target.target_unit, '')
                and result.target_value = target.target_value
                then 'pass'
            when coalesce(result.target_unit, '') = coalesce(target.target_unit, '')
                and result.target_value <> target.target_value
                then 'violation'
            when {{ folded_name('result.target_text') }} = {{ folded_name('target.target_text') }} then 'pass'
            else 'not_evaluable'
        end as outcome,
        target.target_value as left_value,
        result.target_value as right_value,
        cast(0 as decimal(4, 3)) as tolerance,
        target.source_key as left_source_key,
        result.source_key as right_source_key
    from indicators as result
    inner join {{ ref('int_document') }} as later on result.document_key = later.document_key
    inner join indicators as target
        on result.project_key = target.project_key
        and result.fiscal_year = target.fiscal_year
        and {{ folded_name('result.level3') }} = {{ folded_name('target.level3') }}
    inner join {{ ref('int_document') }} as earlier
        on target.document_key = earlier.document_key and later.department_id = earlier.department_id
    where result.phase = 'result' and target.phase = 'target' and earlier.is_current
),

all_checks as (
    {% for relation in [
        'project_checks', 'grade_checks', 'scheme_checks', 'indicator_findings', 'fund_checks', 'budget_checks',
        'target_checks', 'phrase_checks'
    ] -%}
        select * replace ({{ exact_sides() }}) from {{ relation }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor -%}
),

staged as (
    select
        *,
        'execution' as amount_stage
    from all_checks
)

select
    {{ reconciliation_columns() }}
from staged

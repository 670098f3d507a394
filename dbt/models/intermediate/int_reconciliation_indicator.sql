-- Rules over performance indicators (绩效指标勾稽): one row for each indicator that breaks a rule and one for
-- each form that keeps it.
with projects as (
    select * from {{ ref('history_fact_project_performance') }}
),

indicators as (
    select
        indicator.*,
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
    {% for relation in ['indicator_findings', 'target_checks', 'phrase_checks'] -%}
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

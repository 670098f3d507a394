{{ config(alias='fact_performance_indicator') }}

-- Whether each target was met, and what the form's own scoring rules would give (满分未达标).
with indicators as (
    select
        indicator.*,
        document.department_key,
        document.fiscal_year,
        mention.project_key,
        project.project_name,
        target_unit.factor as target_factor,
        actual_unit.factor as actual_factor,
        -- A day without its year, beside a deadline without one, is of the year of the form.
        case
            when not regexp_matches(indicator.actual_text, '20[0-9][0-9]')
                and not regexp_matches(indicator.target_text, '20[0-9][0-9]')
                and regexp_matches(indicator.actual_text, '^[^0-9]*(1[0-2]|0?[1-9])月([0-9]{1,2}日?)?[^0-9]*$')
                then document.fiscal_year || '年'
                    || regexp_extract(indicator.actual_text, '[0-9]{1,2}月([0-9]{1,2})?')
            else indicator.actual_text
        end as dated_text
    from {{ ref('stg_performance_indicator') }} as indicator
    inner join {{ ref('int_document') }} as document on indicator.document_key = document.document_key
    left join {{ ref('stg_performance_project') }} as project
        on indicator.document_key = project.document_key and indicator.project_no = project.project_no
    left join {{ ref('int_project_mention') }} as mention
        on case when project.scope = 'project' then project.document_key end = mention.document_key
        and project.project_code is not distinct from mention.project_code
        and project.project_name is not distinct from mention.project_name
    left join {{ ref('units') }} as target_unit on indicator.target_unit = target_unit.unit
    left join {{ ref('units') }} as actual_unit on indicator.actual_unit = actual_unit.unit
),

-- 台（套） is 台, and a count of the year is a count: 次/年.
named as (
    select
        *,
        {{ compared_unit('target_unit') }} as plain_target_unit,
        {{ compared_unit('actual_unit') }} as plain_actual_unit,
        {{ printed_day('dated_text') }} as actual_day
    from indicators
),

-- Values are compared in one unit or not at all: equal units, units of money, or a bare value beside
-- one with its unit. Where one may be a fraction and the other per cent they are not compared.
comparable as (
    select
        *,
        case
            when target_value is null or actual_value is null then null
            when target_factor is not null and actual_factor is not null
                then cast(target_value * cast(target_factor as decimal(10, 0)) as decimal(36, 6))
            when plain_target_unit = plain_actual_unit then target_value
            when plain_target_unit is null
                and not (plain_actual_unit is not distinct from '%' and abs(target_value) <= 1 and target_value <> 0)
                then target_value
            when plain_actual_unit is null
                and not (plain_target_unit = '%' and abs(actual_value) <= 1 and actual_value <> 0)
                then target_value
        end as target_base,
        case
            when target_factor is not null and actual_factor is not null
                then cast(actual_value * cast(actual_factor as decimal(10, 0)) as decimal(36, 6))
            else actual_value
        end as actual_base,
        case
            when target_factor is not null and actual_factor is not null
                then cast(target_value_high * cast(target_factor as decimal(10, 0)) as decimal(36, 6))
            else target_value_high
        end as target_high_base,
        case
            when target_operator in ('ge', 'gt') then 'positive'
            when target_operator in ('le', 'lt') then 'reverse'
            -- An amount of money named as a cost target is a ceiling: saving is no miss.
            when target_operator = 'eq'
                and (target_factor is not null or regexp_matches(plain_target_unit, '^[十百千万亿]*元/'))
                and (level1_code = 'cost' or level2 like '%成本%')
                then 'reverse'
            -- So is the time that a thing may take.
            when target_operator = 'eq' and regexp_matches(plain_target_unit, '(天|日|小时|分钟|秒)$')
                and (level2 like '%时效%' or regexp_matches(level3, '时限|时长|办结|响应|办理时间'))
                then 'reverse'
            when target_operator in ('eq', 'approx') then 'equal'
            when target_operator = 'between' then 'between'
            when target_operator = 'qualitative' then 'qualitative'
        end as rule_kind
    from named
),

-- A duration without a comparing word may be a ceiling (办结时限 15日) or a floor: only itself attains it.
attained as (
    select
        *,
        case
            when target_operator = 'before'
                then case
                        when {{ folded_name('actual_text') }} = {{ folded_name('target_text') }} then true
                        when regexp_matches(actual_text, '未|尚|没有') then null
                        when actual_day.last_day <= target_date then true
                        when actual_day.first_day > target_date then false
                    end
            when target_base is null then null
            when target_operator = 'ge' then actual_base >= target_base
            when target_operator = 'gt' then actual_base > target_base
            when target_operator = 'lt' then actual_base < target_base
            when rule_kind = 'reverse' then actual_base <= target_base
            when rule_kind = 'between' then actual_base between target_base and target_high_base
            when rule_kind <> 'equal' then null
            when actual_base = target_base then true
            when target_base = 0 then actual_base < 0
            when target_base < 0 or regexp_matches(plain_target_unit, '(天|日|周|月|小时|分钟|秒)$') then null
            when target_operator = 'approx' and actual_base * 10 >= target_base * 9 then true
            else actual_base > target_base
        end as is_attained
    from comparable
),

measured as (
    select
        *,
        case
            when target_base is null or is_attained is null then null
            when rule_kind in ('positive', 'equal') and target_base > 0
                then greatest(0, {{ exact_ratio('actual_base', 'target_base') }})
            when is_attained then 1
            when rule_kind = 'reverse' and target_base > 0
                then greatest(0, 1 - {{ exact_ratio('(actual_base - target_base)', 'target_base') }})
            when rule_kind = 'between' and actual_base < target_base
                then greatest(0, {{ exact_ratio('actual_base', 'target_base') }})
            when rule_kind = 'between' and target_high_base > 0
                then greatest(0, 1 - {{ exact_ratio('(actual_base - target_high_base)', 'target_high_base') }})
            else 0
        end as measured_ratio
    from attained
),

judged as (
    select
        *,
        case
            when is_attained then 'met'
            when not is_attained and measured_ratio > 0 then 'partly_met'
            when not is_attained then 'not_met'
            when target_base is not null and target_operator <> 'qualitative' then 'unknown'
            when phase = 'target' then 'unknown'
            else {{ told_attainment('actual_text', 'target_text') }}
        end as attainment_status
    from measured
)

select
    {{ key_of(['judged.document_key', 'judged.indicator_no']) }} as indicator_key,
    judged.document_key,
    judged.department_key,
    judged.fiscal_year,
    cast(judged.project_no as integer) as project_no,
    judged.project_key,
    judged.project_name,
    judged.scope,
    judged.phase,
    cast(judged.indicator_no as integer) as indicator_no,
    judged.level1,
    judged.level2,
    judged.level3,
    judged.level1_code,
    judged.target_text,
    judged.target_operator,
    judged.target_value,
    judged.target_value_high,
    judged.target_unit,
    judged.target_date,
    judged.actual_text,
    judged.actual_value,
    judged.actual_unit,
    judged.attainment_status,
    cast(
        case when judged.attainment_status <> 'unknown' then judged.measured_ratio end as decimal(18, 6)
    ) as attainment_ratio,
    judged.weight,
    judged.score,
    scoring.scheme_id as scoring_scheme,
    cast(
        case
            when scoring.low_factor is not null then judged.weight * scoring.low_factor
            when judged.attainment_status = 'not_met' then 0
            when judged.attainment_status = 'partly_met' then judged.weight * judged.measured_ratio
        end as decimal(9, 2)
    ) as recomputed_score_low,
    cast(
        case
            when scoring.high_factor is not null then judged.weight * scoring.high_factor
            when judged.attainment_status = 'not_met' then 0
            when judged.attainment_status = 'partly_met' then judged.weight * judged.measured_ratio
        end as decimal(9, 2)
    ) as recomputed_score_high,
    coalesce(
        judged.weight > 0 and judged.score = judged.weight
        and judged.attainment_status in ('partly_met', 'not_met'),
        false
    ) as full_marks_missed,
    judged.deviation_reason,
    judged.source_key
from judged
left join {{ ref('scoring_schemes') }} as scoring
    on judged.attainment_status = scoring.attainment_status
    and scoring.rule_kind = case
        when judged.target_base is null or judged.rule_kind = 'qualitative' then 'qualitative'
        when judged.rule_kind = 'between' then 'positive'
        else judged.rule_kind
    end
    and coalesce(judged.fiscal_year, 9999) >= coalesce(scoring.valid_from_year, 0)
    and coalesce(judged.fiscal_year, 0) <= coalesce(scoring.valid_to_year, 9999)

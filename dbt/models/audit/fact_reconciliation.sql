with outcomes as (
    {% for relation in [
        'line', 'document', 'group', 'prose', 'changes', 'parts', 'performance', 'indicator', 'across', 'other'
    ] -%}
        select * from {{ ref('int_reconciliation_' ~ relation) }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor -%}
)

select
    {{ key_of([
        'outcomes.rule_id', 'outcomes.document_key', 'outcomes.amount_stage', 'outcomes.scope',
        'outcomes.outcome', 'outcomes.difference', 'outcomes.left_source_key', 'outcomes.right_source_key'
    ]) }} as reconciliation_key,
    outcomes.rule_id,
    outcomes.document_key,
    document.department_key,
    document.fiscal_year,
    document.is_current,
    outcomes.amount_stage,
    outcomes.scope,
    outcomes.outcome,
    -- Only a contradiction has the weight of its rule.
    case outcomes.outcome when 'violation' then rule.severity else 'info' end as severity,
    outcomes.left_value,
    outcomes.right_value,
    outcomes.difference,
    outcomes.tolerance,
    -- Findings of one document that differ by the same amount have one cause; without an amount, those
    -- of one rule.
    case
        when outcomes.difference <> 0 then {{ key_of(['outcomes.document_key', 'abs(outcomes.difference)']) }}
        when outcomes.outcome = 'violation' then {{ key_of(['outcomes.document_key', 'outcomes.rule_id']) }}
    end as cause_key,
    rule.message_zh,
    rule.message_en,
    outcomes.left_source_key,
    outcomes.right_source_key
from outcomes
inner join {{ ref('int_document') }} as document on outcomes.document_key = document.document_key
inner join {{ ref('reconciliation_rules') }} as rule on outcomes.rule_id = rule.rule_id

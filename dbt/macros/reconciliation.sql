{#- Outcome of left against right: equal, at least (ge) or at most (le), rounding apart; a side that
    is not there leaves the rule not evaluable. -#}
{% macro reconciled(left, right, tolerance, relation="'eq'") -%}
    case
        when {{ left }} is null or {{ right }} is null then 'not_evaluable'
        when {{ left }} = {{ right }}
            or ({{ relation }} = 'ge' and {{ left }} > {{ right }})
            or ({{ relation }} = 'le' and {{ left }} < {{ right }})
            then 'pass'
        when abs({{ left }} - {{ right }}) <= {{ tolerance }} then 'rounding'
        else 'violation'
    end
{%- endmacro %}

{#- Whether a figure of a stage is what a change or rate with the comparator is measured against. -#}
{% macro is_base_of(stage, comparator) -%}
    case {{ comparator }}
        when 'prior_year' then coalesce({{ stage }} like 'prior%', false)
        when 'initial_budget' then coalesce({{ stage }} = 'initial_budget', false)
        else false
    end
{%- endmacro %}

{#- Half the last printed digit of a percentage with so many decimals, as a fraction. -#}
{% macro half_a_digit_of_percent(decimals) -%}
    case {{ decimals }}
            when 0 then cast(0.005 as decimal(8, 6))
            when 1 then cast(0.0005 as decimal(8, 6))
            else cast(0.00005 as decimal(8, 6))
        end
{%- endmacro %}

{#- A rule over the rows of a relation that holds both sides, their places and the tolerance. -#}
{% macro two_sided_check(rule_id, relation) -%}
    select
        '{{ rule_id }}' as rule_id,
        document_key,
        amount_stage,
        scope,
        {{ reconciled('left_value', 'right_value', 'tolerance') }} as outcome,
        left_value,
        right_value,
        tolerance,
        left_source_key,
        right_source_key
    from {{ relation }}
{%- endmacro %}

{#- The columns that every model of rules has, in their types. -#}
{% macro reconciliation_columns() -%}
    rule_id,
    document_key,
    amount_stage,
    scope,
    outcome,
    cast(left_value as decimal(24, 6)) as left_value,
    cast(right_value as decimal(24, 6)) as right_value,
    cast(left_value - right_value as decimal(24, 6)) as difference,
    cast(tolerance as decimal(24, 6)) as tolerance,
    left_source_key,
    right_source_key
{%- endmacro %}

{#- Money and ratios share these columns: without a common type a union would round the ratios. -#}
{% macro exact_sides() -%}
    cast(left_value as decimal(24, 6)) as left_value,
        cast(right_value as decimal(24, 6)) as right_value,
        cast(tolerance as decimal(24, 6)) as tolerance
{%- endmacro %}

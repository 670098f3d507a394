-- Rules of what changed (增减勾稽): the change is the difference of its values (N-01), the rate is the change
-- by its base (N-02), the words agree with the signs (N-03), and nothing grows from nil at a rate (N-12).
with sequences as (
    select
        *,
        {{ is_base_of('stage_1', 'comparator') }} as is_base_1,
        {{ is_base_of('stage_2', 'comparator') }} as is_base_2
    from {{ ref('int_narrative_sequence') }}
    where direction in ('increase', 'decrease')
),

-- A change or a rate right behind its two values, in either order.
compared as (
    select
        *,
        case when is_base_1 then amount_2 else amount_1 end as new_yuan,
        case when is_base_1 then amount_1 else amount_2 end as base_yuan
    from sequences
    where measure in ('change', 'growth_ratio')
        and measure_1 = 'value' and measure_2 = 'value'
        and amount_1 is not null and amount_2 is not null
        and is_base_1 <> is_base_2
),

change_checks as (
    select
        'N-01' as rule_id,
        document_key,
        case when is_base_1 then stage_2 else stage_1 end as amount_stage,
        coalesce(item_name, subject) as scope,
        {{ reconciled(
            'amount_yuan', "case direction when 'increase' then new_yuan - base_yuan else base_yuan - new_yuan end",
            rounding_tolerance('document_last_digit_yuan', '2')
        ) }} as outcome,
        amount_yuan as left_value,
        case direction when 'increase' then new_yuan - base_yuan else base_yuan - new_yuan end as right_value,
        {{ rounding_tolerance('document_last_digit_yuan', '2') }} as tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from compared
    where measure = 'change' and amount_yuan is not null
),

direction_checks as (
    select
        'N-03' as rule_id,
        document_key,
        case when is_base_1 then stage_2 else stage_1 end as amount_stage,
        coalesce(item_name, subject) as scope,
        {{ reconciled(
            'new_yuan', 'base_yuan', rounding_tolerance('last_digit_yuan', '1'),
            "case direction when 'increase' then 'ge' else 'le' end"
        ) }} as outcome,
        new_yuan as left_value,
        base_yuan as right_value,
        {{ rounding_tolerance('last_digit_yuan', '1') }} as tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from compared
),

rates as (
    select
        *,
        amount_1 as change_yuan,
        direction_1 as change_direction,
        case
            -- The base is printed, or it is the value less its change.
            when is_base_2 then amount_2
            when direction_1 = 'increase' then amount_2 - amount_1
            when direction_1 = 'decrease' then amount_2 + amount_1
        end as base_yuan,
        -- How far half a digit of the change and of the base can move the rate, in digits.
        cast(0.5 as decimal(2, 1)) + abs(ratio) as n_digits
    from sequences
    where measure = 'growth_ratio' and ratio is not null
        and measure_1 = 'change' and measure_2 = 'value'
        and comparator is not distinct from comparator_1
        and amount_1 is not null and amount_2 is not null
    union all by name
    select
        * exclude (new_yuan),
        abs(new_yuan - base_yuan) as change_yuan,
        case when new_yuan >= base_yuan then 'increase' else 'decrease' end as change_direction,
        cast(1 as decimal(2, 1)) + abs(ratio) as n_digits
    from compared
    where measure = 'growth_ratio' and ratio is not null
),

rate_values as (
    select
        *,
        abs(ratio) as left_value,
        {{ exact_ratio('change_yuan', 'base_yuan') }} as right_value,
        -- Half a digit of the printed rate, and what the digits of each amount behind it can move.
        {{ half_a_digit_of_percent('number_scale') }}
        + coalesce({{ exact_ratio('(last_digit_yuan * n_digits)', 'base_yuan') }}, 0) as tolerance,
        {{ exact_ratio(
            'change_yuan',
            "case change_direction when 'increase' then base_yuan + change_yuan else base_yuan - change_yuan end"
        ) }} as ratio_to_new_value
    from rates
    where base_yuan > 0
),

rate_checks as (
    select
        'N-02' as rule_id,
        document_key,
        amount_stage,
        -- The usual slip is to divide by the new value; where that explains the rate, say so.
        coalesce(item_name, subject) || case
            when abs(left_value - right_value) > tolerance and abs(left_value - ratio_to_new_value) <= tolerance
                then ' (÷ 本期数)'
            else ''
        end as scope,
        {{ reconciled('left_value', 'right_value', 'tolerance') }} as outcome,
        left_value,
        right_value,
        tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from rate_values
),

-- A rate that falls beside a change that grows, or the other way round.
opposed_checks as (
    select
        'N-03' as rule_id,
        document_key,
        amount_stage,
        coalesce(item_name, subject) as scope,
        'violation' as outcome,
        ratio * case direction when 'increase' then 1 else -1 end as left_value,
        change_yuan * case change_direction when 'increase' then 1 else -1 end as right_value,
        null as tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from rates
    where measure_1 = 'change' and change_direction in ('increase', 'decrease') and direction <> change_direction
        and ratio <> 0 and change_yuan <> 0
),

nil_base_checks as (
    select
        'N-12' as rule_id,
        document_key,
        amount_stage,
        coalesce(item_name, subject) as scope,
        'violation' as outcome,
        abs(ratio) as left_value,
        null as right_value,
        null as tolerance,
        source_key as left_source_key,
        source_1 as right_source_key
    from rates
    where base_yuan = 0 and ratio <> 0
),

all_checks as (
    {% for relation in [
        'change_checks', 'rate_checks', 'direction_checks', 'opposed_checks', 'nil_base_checks'
    ] -%}
        select * replace ({{ exact_sides() }}) from {{ relation }}
                {{ 'union all' if not loop.last }} -- noqa: LT02
    {% endfor -%}
)

select
    {{ reconciliation_columns() }}
from all_checks

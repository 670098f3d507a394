{#- Exact decimal arithmetic: no figure passes through a float. -#}

{#- Plain decimal text to a number; null when it is none or too long to be an amount. Parsing into the
    narrow type is a hundred times faster and holds all but the longest figures. -#}
{% macro exact_number(text) -%}
    coalesce(
        case when length(split_part({{ text }}, '.', 2)) <= 6 then try_cast({{ text }} as decimal(18, 6)) end,
        try_cast({{ text }} as decimal(28, 10))
    )
{%- endmacro %}

{#- Published number times the factor of its unit, in yuan (元). -#}
{% macro to_yuan(number, factor) -%}
    try_cast({{ number }} * cast({{ factor }} as decimal(10, 0)) as decimal(20, 2))
{%- endmacro %}

{#- The worth of the last printed digit in yuan: 3,002.63 万元 gives 100. -#}
{% macro last_digit_yuan(text, factor) -%}
    cast(
        case least(coalesce(length(split_part({{ text }}, '.', 2)), 0), 10)
            {%- for places in range(11) %}
            when {{ places }} then cast({{ '1' if places == 0 else '0.' ~ '0' * (places - 1) ~ '1' }} as decimal(28, 10))
            {%- endfor %}
        end * cast({{ factor }} as decimal(10, 0)) as decimal(28, 10)
    )
{%- endmacro %}

{#- numerator / denominator, rounded half up to six places; null when a side is missing or zero. -#}
{% macro exact_ratio(numerator, denominator) -%}
    cast(
        cast(
            case when {{ denominator }} <> 0 then
                case when ({{ numerator }} < 0) <> ({{ denominator }} < 0) then -1 else 1 end
                * (
                    (
                        2000000 * cast(abs({{ numerator }}) * 10000 as hugeint)
                        + cast(abs({{ denominator }}) * 10000 as hugeint)
                    ) // (2 * cast(abs({{ denominator }}) * 10000 as hugeint))
                )
            end as decimal(30, 0)
        ) * cast(0.000001 as decimal(6, 6)) as decimal(18, 6)
    )
{%- endmacro %}

{#- A figure as printed on a form ("1,234.50", "７.8万元", "93%") to its bare number. -#}
{% macro printed_number(text) -%}
    {{ exact_number("regexp_replace(nfc_normalize(" ~ text ~ "), '[,，％%\\s亿万千元分]', '', 'g')") }}
{%- endmacro %}

{#- A printed share or rate to 0..1: "93.04%" and 93.04 give 0.9304, 0.93 stays. -#}
{% macro printed_ratio(text) -%}
    cast(
        {{ printed_number(text) }}
        * case
            when regexp_matches({{ text }}, '[%％]') or abs({{ printed_number(text) }}) > 1.5
                then cast(0.01 as decimal(3, 2))
            else cast(1 as decimal(3, 2))
        end as decimal(18, 6)
    )
{%- endmacro %}

{#- What rounding alone can explain between a sum of n printed figures and their printed total. -#}
{% macro rounding_tolerance(last_digit, n_terms) -%}
    cast(
        cast({{ last_digit }} as decimal(24, 4)) * cast(0.5 as decimal(2, 1)) * ({{ n_terms }} + 1)
        as decimal(24, 4)
    )
{%- endmacro %}

{#- Amount per piece, rounded half up to four places; null without pieces. -#}
{% macro exact_quotient(amount, pieces) -%}
    cast(
        cast(
            case when {{ pieces }} > 0 then
                (2 * cast({{ amount }} * 10000 as hugeint) + cast({{ pieces }} as hugeint))
                // (2 * cast({{ pieces }} as hugeint))
            end as decimal(30, 0)
        ) * cast(0.0001 as decimal(5, 4)) as decimal(24, 4)
    )
{%- endmacro %}

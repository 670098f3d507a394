{#- Whether a target was met, from what a form prints (完成情况). Words that prove nothing stay unknown. -#}

{#- A unit for comparison: without its alternative in brackets (台（套）) and without the year of a count (次/年). -#}
{% macro compared_unit(unit) -%}
    nullif(regexp_replace(replace({{ unit }}, '％', '%'), '[（(].*$|/年$', '', 'g'), '')
{%- endmacro %}

{#- The one day that a text names, as first_day and last_day: 2022年11月 is all of November. Null where it names
    none or several. -#}
{% macro printed_day(text) -%}
    {%- set days = "list_distinct(regexp_extract_all(" ~ text ~ ", '20\\d\\d[年./-]\\d{1,2}(?:[月./-]\\d{1,2})?'))" -%}
    {%- set parts = "regexp_extract_all(" ~ days ~ "[1], '\\d+')" -%}
    case
        when len({{ days }}) = 1 then {
            'first_day': try_cast(concat_ws('-', {{ parts }}[1], {{ parts }}[2], coalesce({{ parts }}[3], '1')) as date),
            'last_day': coalesce(
                try_cast(concat_ws('-', {{ parts }}[1], {{ parts }}[2], {{ parts }}[3]) as date),
                last_day(try_cast(concat_ws('-', {{ parts }}[1], {{ parts }}[2], '1') as date))
            )
        }
    end
{%- endmacro %}

{#- What the words of an actual value say of its target. The very words of the target say that it was met; a word of
    completion says so where no figure and no doubt stands beside it (完成80%, 完成较差), and none follows. -#}
{% macro told_attainment(actual, target) -%}
    {%- set bare = "regexp_replace(" ~ actual ~ ", '20\\d\\d年度?|100(\\.0+)?[%％]|\\s', '', 'g')" -%}
    case
        when {{ actual }} is null or trim({{ actual }}) = '' then 'unknown'
        when {{ folded_name(actual) }} = {{ folded_name(target) }} then 'met'
        when regexp_matches({{ actual }}, '(部分|基本|大部分?)(达成|完成|达到|实现)') then 'partly_met'
        when regexp_matches({{ actual }}, '未(能)?(达成|完成|达到|实现|达标)') then 'not_met'
        when regexp_matches({{ bare }}, '^(已|均|全部|全面|按时|按期|及时|如期|顺利|按计划)*(达成|完成|达到|实现|达标)')
            and not regexp_matches({{ bare }}, '^[^，,。；;]*([0-9０-９]|不|未|差|缺|延|一半)')
            and not regexp_matches({{ bare }}, '但|尚|仅|未(能)?(完成|达|实现|支付|开展)|滞后|推迟|延期|逾期|部分|基本')
            then 'met'
        else 'unknown'
    end
{%- endmacro %}

{#- A classification name for comparison: brackets, blanks and the closing 支出 do not tell names apart. -#}
{% macro folded_name(name) -%}
    nullif(
        regexp_replace(
            regexp_replace({{ name }}, '[（(][^（()）]*[)）]|[\s　“”"、.。:：]', '', 'g'), '支出$', ''
        ), ''
    )
{%- endmacro %}

{#- A printed name without blanks, its brackets in one form: 资本性支出（基本建设） is not 资本性支出. -#}
{% macro bare_name(name) -%}
    regexp_replace(replace(replace({{ name }}, '（', '('), '）', ')'), '[\s　]', '', 'g')
{%- endmacro %}

{#- A surrogate key: the same parts give the same key in every load. -#}
{% macro key_of(parts) -%}
    md5(concat_ws('|', {% for part in parts %}coalesce(cast({{ part }} as varchar), '~'){{ ", " if not loop.last }}{% endfor %}))
{%- endmacro %}

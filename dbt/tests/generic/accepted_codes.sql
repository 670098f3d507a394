{#- Each column holds one of its codes, or nothing. -#}
{% test accepted_codes(model, codes) %}

select *
from {{ model }}
where
    {% for column, values in codes.items() -%}
    ({{ column }} is not null and {{ column }} not in ({% for value in values %}'{{ value }}'{{ ", " if not loop.last }}{% endfor %}))
    {{ "or " if not loop.last }}
    {%- endfor %}

{% endtest %}

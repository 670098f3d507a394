{#- Every key finds its row in the other table. -#}
{% test leads_to(model, column, to, field) %}

select child.{{ column }}
from {{ model }} as child
left join {{ to }} as parent on child.{{ column }} = parent.{{ field }}
where child.{{ column }} is not null and parent.{{ field }} is null

{% endtest %}

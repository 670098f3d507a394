{#- What every row of a published table keeps, in one pass over it: the key is unique, the columns are
    filled, the codes are those listed (or nothing), the ratios lie in 0..1, and each reference finds its
    row. A failing test returns one row per promise that is broken, with its name and the number of rows. -#}
{% test keeps(model, key=[], filled=[], codes={}, shares=[], references={}) %}

with promises as (
    {%- if key %}
    select
        'key' as promise,
        count(*) as n_rows
    from (select 1 from {{ model }} group by {{ key | join(', ') }} having count(*) > 1)
    {{ "union all" if filled or codes or shares or references }}
    {%- endif %}
    {%- if filled or codes or shares %}
    select
        unnest([
            {%- for column in filled %}'{{ column }} is filled', {% endfor %}
            {%- for column in codes %}'{{ column }} is a code', {% endfor %}
            {%- for column in shares %}'{{ column }} is a share'{{ ", " if not loop.last }}{% endfor %}
        ]) as promise,
        unnest([
            {%- for column in filled %}count(*) filter (where {{ column }} is null), {% endfor %}
            {%- for column, values in codes.items() %}
            count(*) filter (
                where {{ column }} not in ({% for value in values %}'{{ value }}'{{ ", " if not loop.last }}{% endfor %})
            ), {% endfor %}
            {%- for column in shares %}
            count(*) filter (where {{ column }} < 0 or {{ column }} > 1){{ ", " if not loop.last }}{% endfor %}
        ]) as n_rows
    from {{ model }}
    {{ "union all" if references }}
    {%- endif %}
    {%- for column, parent in references.items() %}
    select
        '{{ column }} leads to {{ parent.to }}' as promise,
        count(*) as n_rows
    from {{ model }} as child
    where child.{{ column }} is not null
        and child.{{ column }} not in (select parent.{{ parent.field }} from {{ ref(parent.to) }} as parent)
    {{ "union all" if not loop.last }}
    {%- endfor %}
)

select * from promises
where n_rows > 0

{% endtest %}

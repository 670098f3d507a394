{#- The published total of each document and stage among its candidates (relation: document_key,
    amount_stage, preference, statement_code, table_index, position_no, measure_rank, amount_yuan,
    last_digit_yuan, source_key, ...). Each table speaks with its first print. Where places disagree,
    as in a file that holds a department and one of its units, the amount that most kinds of place
    print counts; then the better kind of place; then the larger amount, which contains the other.
    Preferences above 3 are substitutes and count only where nothing else is printed. -#}
{% macro agreed_total(candidates) -%}
    spoken as (
        select *
        from {{ candidates }}
        qualify row_number() over (
                partition by document_key, amount_stage, preference, statement_code, table_index
                order by position_no, measure_rank, source_key
            ) = 1
    ),

    voted as (
        select
            spoken.document_key,
            spoken.amount_stage,
            spoken.source_key,
            spoken.preference,
            count(distinct coalesce(witness.statement_code, 'prose')) as n_witnesses
        from spoken
        inner join spoken as witness
            on spoken.document_key = witness.document_key
            and spoken.amount_stage = witness.amount_stage
            and abs(spoken.amount_yuan - witness.amount_yuan) * 2
            <= greatest(spoken.last_digit_yuan, witness.last_digit_yuan)
        where witness.preference <= 3
        group by spoken.document_key, spoken.amount_stage, spoken.source_key, spoken.preference
    ),

    agreed as (
        select spoken.*
        from spoken
        left join voted
            on spoken.document_key = voted.document_key
            and spoken.amount_stage = voted.amount_stage
            and spoken.source_key = voted.source_key
            and spoken.preference = voted.preference
        qualify row_number() over (
                partition by spoken.document_key, spoken.amount_stage
                order by
                    spoken.preference > 3,
                    coalesce(voted.n_witnesses, 0) desc,
                    spoken.preference,
                    case when spoken.table_index >= 0 then spoken.amount_yuan end desc nulls last,
                    spoken.position_no,
                    spoken.source_key
            ) = 1
    )
{%- endmacro %}

-- Each figure of the prose with the two before it on the same matter: a value, the value it is compared
-- with, the change and its rate follow one another in a sentence, and the second may be left out.
with figures as (
    select
        *,
        case when contains(number_text, '.') then length(split_part(number_text, '.', 2)) else 0 end as number_scale
    from {{ ref('int_narrative_figure') }}
    where subject is not null
)

select
    document_key,
    amount_stage,
    subject,
    item_name,
    measure,
    direction,
    comparator,
    amount_yuan,
    ratio,
    source_key,
    lag(measure) over in_order as measure_1,
    lag(amount_yuan) over in_order as amount_1,
    lag(amount_stage) over in_order as stage_1,
    lag(comparator) over in_order as comparator_1,
    lag(direction) over in_order as direction_1,
    lag(source_key) over in_order as source_1,
    lag(measure, 2) over in_order as measure_2,
    lag(amount_yuan, 2) over in_order as amount_2,
    lag(amount_stage, 2) over in_order as stage_2,
    document_last_digit_yuan,
    coalesce(lag(document_last_digit_yuan) over in_order, 0) as last_digit_yuan,
    number_scale
from figures
window in_order as (partition by document_key, section_path, subject, item_name order by figure_no)

-- What a document says, free of its format: a figure's identity and its value. Identities that a
-- document uses twice are left out, because they cannot be compared one to one.
{{ config(materialized='view') }}

with statement_figures as (
    select
        document_key,
        {{ key_of([
            'statement_code', 'function_code', 'department_economic_code', 'government_economic_code',
            'project_code', folded_name('coalesce(project_name, organisation_name)'),
            "coalesce(label_key, " ~ folded_name('line_label') ~ ")",
            'measure_code', 'amount_stage', 'fund_source', 'expenditure_type'
        ]) }} as figure_key,
        coalesce(amount_yuan, quantity) as figure_value
    from {{ ref('stg_statement_cell') }}
),

narrative_figures as (
    select
        document_key,
        {{ key_of([
            'subject', folded_name('item_name'), 'measure', 'amount_stage', 'comparator', 'published_unit',
            'fund_source', 'expenditure_type', 'three_public_item', 'resource_metric', 'economic_code'
        ]) }} as figure_key,
        coalesce(amount_yuan, ratio, quantity) as figure_value
    from {{ ref('stg_narrative_figure') }}
    where subject is not null
),

all_figures as (
    select * from statement_figures
    union all
    select * from narrative_figures
)

select
    document_key,
    figure_key,
    cast(any_value(figure_value) as decimal(24, 4)) as figure_value
from all_figures
where figure_value is not null
group by document_key, figure_key
having count(*) = 1

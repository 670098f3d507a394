-- What a document says, free of its format: a figure's identity and its value, for disclosures with
-- several files. Identities that a document uses twice are left out, because they cannot be compared
-- one to one.
with statement_figures as (
    select
        cell.document_key,
        {{ key_of([
            'statement_code', 'function_code', 'department_economic_code', 'government_economic_code',
            'project_code', folded_name('coalesce(project_name, organisation_name)'),
            "coalesce(label_key, " ~ folded_name('line_label') ~ ")",
            'measure_code', 'amount_stage', 'fund_source', 'expenditure_type'
        ]) }} as figure_key,
        coalesce(cell.amount_yuan, cell.quantity) as figure_value,
        concat_ws(' ', cell.statement_code, cell.function_code, cell.line_label, cell.header_text) as figure_name,
        cell.line_role in ('total', 'subtotal') as is_total,
        cell.source_key
    from {{ ref('stg_statement_cell') }} as cell
    inner join {{ ref('int_disclosure') }} as disclosure on cell.document_key = disclosure.document_key
    where disclosure.n_files > 1
),

narrative_figures as (
    select
        figure.document_key,
        {{ key_of([
            'subject', folded_name('item_name'), 'measure', 'amount_stage', 'comparator', 'published_unit',
            'fund_source', 'expenditure_type', 'three_public_item', 'resource_metric', 'economic_code'
        ]) }} as figure_key,
        coalesce(figure.amount_yuan, figure.ratio, figure.quantity) as figure_value,
        concat_ws(' ', figure.subject, figure.item_name, figure.measure) as figure_name,
        figure.measure = 'value' and figure.subject like '%\_total' escape '\' as is_total,
        figure.source_key
    from {{ ref('stg_narrative_figure') }} as figure
    inner join {{ ref('int_disclosure') }} as disclosure on figure.document_key = disclosure.document_key
    where disclosure.n_files > 1 and figure.subject is not null
),

all_figures as (
    select * from statement_figures
    union all
    select * from narrative_figures
)

select
    document_key,
    figure_key,
    cast(any_value(figure_value) as decimal(24, 4)) as figure_value,
    any_value(figure_name) as figure_name,
    bool_or(is_total) as is_total,
    any_value(source_key) as source_key
from all_figures
where figure_value is not null
group by document_key, figure_key
having count(*) = 1

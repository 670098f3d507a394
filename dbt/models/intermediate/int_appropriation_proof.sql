-- Documents that prove that their 财政拨款收入 is of the general public budget alone: government funds and
-- state capital are printed as nil or declared empty and nowhere as an amount; the printed totals of
-- the general public budget stand beside.
with amounts as (
    select
        document_key,
        amount_stage,
        fund_source,
        revenue_source,
        amount_yuan,
        table_last_digit_yuan as last_digit_yuan,
        fund_source = 'general_public_budget'
        and (label_key in ('row_total', 'fiscal_appropriation_general', 'expenditure_current_total')) as is_total
    from {{ ref('int_statement_line') }}
    where statement_code like 'F%' or statement_code like 'B%'
    union all
    select
        document_key,
        amount_stage,
        coalesce(
            fund_source,
            case revenue_source
                when 'fiscal_appropriation_fund' then 'government_fund'
                when 'fiscal_appropriation_state_capital' then 'state_capital'
                when 'fiscal_appropriation_general' then 'general_public_budget'
            end
        ) as fund_source,
        revenue_source,
        amount_yuan,
        document_last_digit_yuan as last_digit_yuan,
        subject = 'general_public_budget_expenditure' or revenue_source = 'fiscal_appropriation_general' as is_total
    from {{ ref('int_narrative_figure') }}
    where measure = 'value' and coalesce(comparator, 'none') = 'none'
),

declared as (
    select
        document_key,
        bool_or(statement_code in ('F7', 'B8')) as is_fund_empty,
        bool_or(statement_code in ('F8', 'B9')) as is_state_capital_empty
    from {{ ref('stg_statement_table') }}
    where status in ('declared_empty', 'template_empty')
    group by document_key
),

-- No amount of any stage but former years may contradict it.
nil as (
    select
        amounts.document_key,
        coalesce(
            bool_or(amounts.fund_source = 'government_fund' and amounts.amount_yuan = 0), false
        ) or coalesce(bool_or(declared.is_fund_empty), false) as is_fund_nil,
        coalesce(
            bool_or(amounts.fund_source = 'state_capital' and amounts.amount_yuan = 0), false
        ) or coalesce(bool_or(declared.is_state_capital_empty), false) as is_state_capital_nil,
        coalesce(
            bool_or(
                amounts.fund_source in ('government_fund', 'state_capital') and amounts.amount_yuan <> 0
                and amounts.amount_stage not like 'prior%'
            ), false
        ) as is_contradicted
    from amounts
    left join declared on amounts.document_key = declared.document_key
    group by amounts.document_key
)

select distinct
    amounts.document_key,
    amounts.amount_stage,
    amounts.amount_yuan,
    amounts.last_digit_yuan
from amounts
inner join nil on amounts.document_key = nil.document_key
where nil.is_fund_nil and nil.is_state_capital_nil and not nil.is_contradicted
    and amounts.is_total and amounts.amount_yuan is not null

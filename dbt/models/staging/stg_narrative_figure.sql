with figures as (
    select
        rows_read.* exclude (load_id, loaded_at, amount_stage),
        -- Prose rarely names the stage: a budget speaks of the budget, an account of the outcome.
        coalesce(
            rows_read.amount_stage,
            case document.document_kind when 'budget' then 'initial_budget' else 'final_account' end
        ) as amount_stage
    from {{ source('raw', 'narrative_figure') }} as rows_read
    inner join {{ ref('stg_document') }} as document
        on rows_read.document_key = document.document_key and rows_read.load_id = document.load_id
),

numbered as (
    select
        figures.*,
        {{ exact_number('figures.number_text') }} as number_value,
        units.factor
    from figures
    left join {{ ref('units') }} as units on figures.published_unit = units.unit
),

-- Nothing is nothing in any unit: 支出为0 needs none.
converted as (
    select
        * exclude (factor),
        case when published_unit is null and measure in ('value', 'change') and number_value = 0
                then 1
            else factor
        end as factor
    from numbered
)

select
    * exclude (number_value, factor),
    {{ to_yuan('number_value', 'factor') }} as amount_yuan,
    case when published_unit in ('%', '％', '‰') or measure in ('growth_ratio', 'share_ratio')
            then try_cast(
                    number_value
                    * case
                        when published_unit in ('%', '％') then cast(0.01 as decimal(4, 3))
                        when published_unit = '‰' then cast(0.001 as decimal(4, 3))
                        else cast(1 as decimal(4, 3))
                    end
                    as decimal(18, 6)
                )
    end as ratio,
    case when factor is null and coalesce(published_unit, '') not in ('%', '％', '‰')
            and measure not in ('growth_ratio', 'share_ratio')
            then try_cast(number_value as decimal(20, 4))
    end as quantity,
    case when number_value is not null and factor is not null
            then {{ last_digit_yuan('number_text', 'factor') }}
    end as last_digit_yuan
from converted

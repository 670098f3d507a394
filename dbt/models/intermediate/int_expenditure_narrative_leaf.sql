-- The finest items of the prose that explain their parent (文中类款项): 项 where they add up to their
-- 款, 款 where they add up to their 类, else the 类 itself. An item stated twice counts once.
-- Read twice: fund by fund, and over the lists that are said to be of all funds alone.
with figures as (
    select *
    from {{ ref('int_narrative_figure') }}
    where function_level is not null
        and measure = 'value'
        and coalesce(comparator, 'none') = 'none'
        and coalesce(expenditure_type, 'unspecified') = 'unspecified'
        and amount_yuan is not null
        and document_kind in ('budget', 'final_account')
),

read_as as (
    select
        'narrative' as cut_id,
        coalesce(nullif(fund_source, 'all'), 'general_public_budget') as read_fund,
        figures.*
    from figures
    union all
    select
        'narrative_all' as cut_id,
        'all' as read_fund,
        figures.*
    from figures
    where fund_source = 'all'
),

stated as (
    select
        cut_id,
        document_key,
        document_kind,
        fiscal_year,
        department_key,
        is_current,
        amount_stage,
        read_fund as fund_source,
        function_level,
        coalesce(class_ref, '~') as class_ref,
        coalesce(section_ref, '~') as section_ref,
        coalesce(function_code, item_ref) as own_ref,
        function_code,
        published_code,
        item_name,
        amount_yuan,
        published_text,
        published_unit,
        value_status,
        document_last_digit_yuan,
        source_key
    from read_as
    qualify row_number() over (
            partition by
                cut_id, document_key, amount_stage, read_fund, function_level, coalesce(class_ref, '~'),
                case when function_level = 1 then null else coalesce(section_ref, '~') end,
                coalesce(function_code, item_ref)
            order by figure_no
        ) = 1
),

item_sums as (
    select
        cut_id,
        document_key,
        amount_stage,
        fund_source,
        class_ref,
        section_ref,
        sum(amount_yuan) as items_yuan,
        count(*) as n_items
    from stated
    where function_level = 3
    group by cut_id, document_key, amount_stage, fund_source, class_ref, section_ref
),

sections as (
    select
        section.cut_id,
        section.document_key,
        section.amount_stage,
        section.fund_source,
        section.class_ref,
        section.section_ref,
        coalesce(
            abs(item_sums.items_yuan - section.amount_yuan)
            <= {{ rounding_tolerance('section.document_last_digit_yuan', 'item_sums.n_items') }},
            false
        ) as is_itemised
    from stated as section
    left join item_sums
        on section.cut_id = item_sums.cut_id
        and section.document_key = item_sums.document_key
        and section.amount_stage = item_sums.amount_stage
        and section.fund_source = item_sums.fund_source
        and section.class_ref = item_sums.class_ref
        and section.section_ref = item_sums.section_ref
    where section.function_level = 2
),

below_class as (
    select stated.*
    from stated
    left join sections
        on stated.cut_id = sections.cut_id
        and stated.document_key = sections.document_key
        and stated.amount_stage = sections.amount_stage
        and stated.fund_source = sections.fund_source
        and stated.class_ref = sections.class_ref
        and stated.section_ref = sections.section_ref
    where (stated.function_level = 3 and coalesce(sections.is_itemised, true))
        or (stated.function_level = 2 and not sections.is_itemised)
),

class_sums as (
    select
        cut_id,
        document_key,
        amount_stage,
        fund_source,
        class_ref,
        sum(amount_yuan) as below_yuan,
        count(*) as n_below
    from below_class
    group by cut_id, document_key, amount_stage, fund_source, class_ref
),

classes as (
    select
        stated.*,
        coalesce(
            abs(class_sums.below_yuan - stated.amount_yuan)
            <= {{ rounding_tolerance('stated.document_last_digit_yuan', 'class_sums.n_below') }},
            false
        ) as is_explained
    from stated
    left join class_sums
        on stated.cut_id = class_sums.cut_id
        and stated.document_key = class_sums.document_key
        and stated.amount_stage = class_sums.amount_stage
        and stated.fund_source = class_sums.fund_source
        and stated.class_ref = class_sums.class_ref
    where stated.function_level = 1
),

-- An item of no known 类 beside a list of 类 may be part of one of them: it is not counted again.
listed as (
    select distinct
        cut_id,
        document_key,
        amount_stage,
        fund_source
    from classes
),

leaves as (
    select classes.* exclude (is_explained)
    from classes
    where not classes.is_explained
    union all
    select below_class.*
    from below_class
    left join classes
        on below_class.cut_id = classes.cut_id
        and below_class.document_key = classes.document_key
        and below_class.amount_stage = classes.amount_stage
        and below_class.fund_source = classes.fund_source
        and below_class.class_ref = classes.class_ref
    left join listed
        on case when below_class.class_ref = '~' then below_class.document_key end = listed.document_key
        and below_class.cut_id = listed.cut_id
        and below_class.amount_stage = listed.amount_stage
        and below_class.fund_source = listed.fund_source
    where coalesce(classes.is_explained, true) and listed.document_key is null
)

select * exclude (class_ref, section_ref, own_ref, function_level)
from leaves

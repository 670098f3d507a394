-- Bodies of one name in no known region (同名单位). An id without a region says no more than the name,
-- and offices of several counties bear one name. Two files of such a name, year and kind are of one body
-- only where their figures prove it: at least half of the common amounts agree, and two different ones
-- do. Otherwise each body gets an id and a disclosure of its own, so that none is taken for a version of
-- the other and lost. Names of which no two bodies are seen keep their id.
with recursive nameless as (
    select
        disclosure.document_key,
        disclosure.disclosure_key,
        disclosure.arrival_no,
        disclosure.n_files,
        document.department_id
    from {{ ref('int_disclosure') }} as disclosure
    inner join {{ ref('stg_document') }} as document on disclosure.document_key = document.document_key
    where document.department_id like 'unknown-%'
),

compared as (
    select
        earlier.document_key as earlier_key,
        later.document_key as later_key,
        earlier.arrival_no as earlier_no,
        count(*) filter (where left_figure.figure_value = right_figure.figure_value) as n_equal,
        count(distinct left_figure.figure_value) filter (
            where left_figure.figure_value = right_figure.figure_value
        ) as n_proofs,
        count(*) as n_common
    from nameless as earlier
    inner join nameless as later
        on earlier.disclosure_key = later.disclosure_key and earlier.arrival_no < later.arrival_no
    inner join {{ ref('int_document_figure') }} as left_figure
        on earlier.document_key = left_figure.document_key
    inner join {{ ref('int_document_figure') }} as right_figure
        on later.document_key = right_figure.document_key
        and left_figure.figure_key = right_figure.figure_key
    -- Small numbers (a rate, a count of cars) agree by chance.
    where later.n_files > 1 and (abs(left_figure.figure_value) >= 1000 or abs(right_figure.figure_value) >= 1000)
    group by all
),

proved as (
    select
        later_key,
        earlier_key
    from compared
    where n_proofs >= 2 and n_equal * 2 >= n_common
    qualify row_number() over (partition by later_key order by n_equal desc, earlier_no asc) = 1
),

roots as (
    select
        nameless.document_key,
        nameless.document_key as body_key
    from nameless
    left join proved on nameless.document_key = proved.later_key
    where proved.later_key is null
    union all
    select
        proved.later_key as document_key,
        roots.body_key
    from proved
    inner join roots on proved.earlier_key = roots.document_key
),

-- One disclosure of two bodies shows that the id stands for several.
ambiguous as (
    select nameless.department_id
    from nameless
    inner join roots on nameless.document_key = roots.document_key
    group by nameless.department_id, nameless.disclosure_key
    having count(distinct roots.body_key) > 1
)

select
    nameless.document_key,
    nameless.department_id || '-' || left(roots.body_key, 12) as department_id,
    {{ key_of(['nameless.disclosure_key', 'roots.body_key']) }} as disclosure_key,
    nameless.department_id as shared_id
from nameless
inner join roots on nameless.document_key = roots.document_key
where nameless.department_id in (select ambiguous.department_id from ambiguous)

/* ---
title = "First destinations gained and lost"
unit = "economies"
definition = "Which economies began or ceased, between two years, to have a partner as their largest destination (or among the largest two or three)."
formula = "gained: rank in the first year above k, in the last at most k; lost: the reverse; n_last - n_first = gained - lost + entered - left"
tex = '''n_T(d) - n_0(d) = \mathit{gained} - \mathit{lost} + \mathit{entered} - \mathit{left}'''
reference = "After the count of the Lowy Institute, 2019, Global trade through a US-China lens; bilateral trade matrix: Gaulier & Zignago 2010, BACI, CEPII Working Paper 2010-23"
caveats = [
    "Gained and lost are economies that are in both years' tables; entered and left are those that are in one of them only: a change of the table, not of trade.",
    "From each economy's own exports; datasets are never mixed.",
]
uses = ["flow:ranked", "eu:ranked", "hong_kong_macao:ranked", "dataset:ranked"]

[parameters.partner]
domain = "economy"
default = "CHN"
help = "The partner whose gains and losses are listed."
[parameters.first]
domain = "year"
help = "Earlier year; default: the one before the last that covers most of the dataset's economies."
[parameters.last]
domain = "year"
help = "Later year; default: the newest that covers most of the dataset's economies."
[parameters.top]
domain = "integer"
default = 1
minimum = 1
maximum = 3
help = "The lowest rank that counts."

[names]
name = { code = "reporter", of = ["economy", "group"] }
--- */
WITH known AS (
    SELECT year, reporter, partner, share_pct, total_usd, source_id, if($hong_kong_macao = 'in', rank, rank_without_hk_macao) AS place
    FROM destination_rank
    WHERE dataset = $dataset AND flow = $flow AND eu = $eu
),
covered AS (
    SELECT year FROM known WHERE place = 1
    GROUP BY year
    QUALIFY count(DISTINCT reporter) > 0.5 * max(count(DISTINCT reporter)) OVER ()
),
asked AS (
    SELECT last_year, coalesce($first, (SELECT max(year) FROM covered WHERE year < last_year)) AS first_year
    FROM (SELECT coalesce($last, max(year)) AS last_year FROM covered)
),
sides AS (
    SELECT
        reporter, year = last_year AS late, any_value(source_id) AS source_id, any_value(total_usd) AS total_usd,
        string_agg(partner, ' ' ORDER BY partner) FILTER (WHERE place = 1) AS first_partner,
        max(place) FILTER (WHERE partner = $partner) AS place, max(share_pct) FILTER (WHERE partner = $partner) AS share_pct
    FROM known JOIN asked ON year IN (first_year, last_year)
    GROUP BY ALL
),
paired AS (
    SELECT
        coalesce(before.reporter, after.reporter) AS reporter, before.first_partner AS first_partner_before, after.first_partner AS first_partner_after,
        before.place AS place_before, after.place AS place_after, before.share_pct AS share_before_pct, after.share_pct AS share_after_pct,
        coalesce(before.place <= $top, false) AS was, coalesce(after.place <= $top, false) AS is_now,
        before.reporter IS NULL AS enters, after.reporter IS NULL AS leaves, coalesce(after.total_usd, before.total_usd) AS total_usd,
        CASE WHEN before.source_id = after.source_id OR after.source_id IS NULL THEN before.source_id
            ELSE coalesce(before.source_id || ' ', '') || after.source_id END AS source_id
    FROM (FROM sides WHERE NOT late) AS before
    FULL JOIN (FROM sides WHERE late) AS after USING (reporter)
    -- no changes unless both years have data
    WHERE (SELECT count(DISTINCT late) FROM sides) = 2
)
SELECT
    CAST(last_year AS VARCHAR) AS period, CAST(first_year AS VARCHAR) AS base_period,
    CASE WHEN enters THEN 'entered' WHEN leaves THEN 'left' WHEN is_now THEN 'gained' ELSE 'lost' END AS change,
    reporter, economy.customs_continent AS continent, first_partner_before, first_partner_after, place_before, place_after,
    share_before_pct, share_after_pct, total_usd, paired.source_id
FROM paired
CROSS JOIN asked
LEFT JOIN economy ON economy.economy = reporter
WHERE was <> is_now
ORDER BY change, total_usd DESC NULLS LAST, reporter

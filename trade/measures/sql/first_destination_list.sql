/* ---
title = "First destination of each economy"
unit = "%"
definition = "The largest destination of each economy's exports (or source, or partner in two-way trade), with its share, and the one after it."
formula = "d(i) = the j with the largest X_ij; share = X_id / X_i"
tex = '''d(i) = \arg\max_j X_{ij}, \qquad s_i = \frac{X_{i,d(i)}}{\sum_j X_{ij}}'''
reference = "After the count of the Lowy Institute, 2019, Global trade through a US-China lens; bilateral trade matrix: Gaulier & Zignago 2010, BACI, CEPII Working Paper 2010-23"
caveats = [
    "From each economy's own exports; datasets are never mixed.",
    "cia gives whole percents and no values; oecd lists 47 economies.",
    "With eu=one, trade inside the EU is left out, and the EU is one exporter.",
]
uses = ["flow:ranked", "eu:ranked", "hong_kong_macao:ranked", "dataset:ranked"]

[parameters.period]
domain = "year"
help = "Year; default: the newest with most of the dataset's economies."
[parameters.partner]
domain = "economy"
help = "Only economies that have this partner among the `top` largest."
[parameters.top]
domain = "integer"
default = 1
minimum = 1
maximum = 3
help = "How many partners of each economy to list."

[names]
name = { code = "reporter", of = ["economy", "group"] }
partner_name = { code = "partner", of = ["economy", "group"] }
--- */
WITH covered AS (
    SELECT year, count(DISTINCT reporter) AS reporters, max(count(DISTINCT reporter)) OVER () AS most
    FROM destination_rank
    WHERE dataset = $dataset AND flow = $flow AND eu = $eu AND rank = 1
    GROUP BY year
),
ranked AS (
    SELECT *, if($hong_kong_macao = 'in', rank, rank_without_hk_macao) AS place
    FROM destination_rank
    WHERE dataset = $dataset AND flow = $flow AND eu = $eu
        AND year = coalesce($period, (SELECT max(year) FROM covered WHERE reporters > 0.5 * most))
)
SELECT
    CAST(ranked.year AS VARCHAR) AS period, ranked.reporter, seller.customs_continent AS continent, seller.longitude, seller.latitude,
    ranked.place AS rank, ranked.partner, ranked.value_usd, ranked.share_pct,
    next.partner AS next_partner, next.share_pct AS next_share_pct, ranked.rank_certain, ranked.total_usd, ranked.source_id
FROM ranked
ASOF LEFT JOIN ranked AS next ON next.reporter = ranked.reporter AND next.place > ranked.place
LEFT JOIN economy AS seller ON seller.economy = ranked.reporter
WHERE ranked.place <= $top AND ($partner IS NULL OR ranked.partner = $partner)
ORDER BY ranked.total_usd DESC NULLS LAST, ranked.reporter, ranked.place

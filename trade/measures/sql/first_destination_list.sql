/* ---
title = "First destination of each economy"
unit = "%"
definition = "The largest destination of each economy's exports (or source, or partner in two-way trade), with its share, and the one after it."
formula = "d(i) = the j with the largest X_ij; share = X_id / X_i"
tex = '''d(i) = \arg\max_j X_{ij}, \qquad s_i = \frac{X_{i,d(i)}}{\sum_j X_{ij}}'''
reference = "After the count of the Lowy Institute, 2019, Global trade through a US-China lens; world matrix: Gaulier & Zignago 2010, BACI, CEPII Working Paper 2010-23"
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
    CAST(ranked.year AS VARCHAR) AS period, ranked.reporter, coalesce(seller.name_en, bloc.name_en) AS name_en,
    coalesce(seller.name_zh, bloc.name_zh) AS name_zh, seller.customs_continent AS continent, seller.longitude, seller.latitude,
    ranked.place AS rank, ranked.partner, coalesce(buyer.name_en, market.name_en) AS partner_name_en,
    coalesce(buyer.name_zh, market.name_zh) AS partner_name_zh, ranked.value_usd, ranked.share_pct,
    next.partner AS next_partner, next.share_pct AS next_share_pct, ranked.rank_certain, ranked.total_usd, ranked.source_id
FROM ranked
ASOF LEFT JOIN ranked AS next ON next.reporter = ranked.reporter AND next.place > ranked.place
LEFT JOIN economy AS seller ON seller.economy = ranked.reporter
LEFT JOIN economy AS buyer ON buyer.economy = ranked.partner
LEFT JOIN fact.economy_group AS bloc ON bloc.group_code = ranked.reporter
LEFT JOIN fact.economy_group AS market ON market.group_code = ranked.partner
WHERE ranked.place <= $top AND ($partner IS NULL OR ranked.partner = $partner)
ORDER BY ranked.total_usd DESC NULLS LAST, ranked.reporter, ranked.place

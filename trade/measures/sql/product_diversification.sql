/* ---
title = "Diversification of products"
unit = "products"
definition = "Over how many products an economy's trade is spread: as many of equal size as would be just as concentrated, with the index of concentration (HHI) and Theil's of unevenness."
formula = "N_eff = 1 / sum_k s_k^2; T = sum_k s_k ln(s_k N)"
tex = '''N_{\mathrm{eff}} = \frac{1}{\sum_k s_k^2}, \qquad T = \sum_k s_k \ln(s_k N)'''
reference = "Cadot, Carrere & Strauss-Kahn 2011, Export Diversification: What's Behind the Hump?, Review of Economics and Statistics 93(2); Laakso & Taagepera 1979, Comparative Political Studies 12(1)"
caveats = [
    "The finer the level, the more products there are: only indices of one level compare.",
    "N is the number of codes of the level that any economy of the source trades in the period, so that a code without trade counts; data of one economy alone have no others.",
    "Codes are not alike: chapter 85 covers more kinds of goods than chapter 66.",
]
needs = "the tables that come with the dashboard have some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_product"
uses = ["reporter", "flow:hs", "freq:hs", "source", "classification", "level", "first", "last", "currency:hs"]
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, $flow, $freq, $source, $classification, NULL, a_level := $level, a_long := true)
),
shares AS (
    SELECT cell.period, code, value, value / sum(value) OVER (PARTITION BY cell.period) AS share, quality, source_id,
        coalesce(name_en, 'HS ' || code) AS name_en, coalesce(name_zh, 'HS ' || code) AS name_zh
    FROM hs_cells($reporter, $flow, $freq, $level, NULL) AS cell
    JOIN chosen USING (source_id, classification)
    LEFT JOIN (SELECT classification, code, name_en, name_zh FROM hs_code) USING (classification, code)
    WHERE code IS NOT NULL AND value > 0 AND NOT partial
),
listed AS (
    SELECT world.period, count(DISTINCT parent) AS listed
    FROM hs_product AS world
    JOIN chosen USING (source_id, classification)
    LEFT JOIN hs_parents($level) AS placed USING (product)
    WHERE freq = $freq AND flow = $flow
    GROUP BY world.period
)
SELECT
    period, first_day(period) AS period_start, 1 / sum(share * share) AS effective_products,
    sum(share * share) AS hhi, greatest(sum(share * ln(share * listed)), 0) AS theil, count(*) AS products, any_value(listed) AS listed_products,
    sum(value) AS value, arg_max(code, value) AS largest_product, arg_max(name_en, value) AS largest_name_en,
    arg_max(name_zh, value) AS largest_name_zh, 100 * max(share) AS largest_share_pct, $currency AS currency,
    min(quality) AS quality, any_value(source_id) AS source_id
FROM shares
JOIN listed USING (period)
WHERE in_span(period, $first, $last)
GROUP BY period
ORDER BY period

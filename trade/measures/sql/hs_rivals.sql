/* ---
title = "Who sells a good, and who buys it"
unit = "value"
definition = "The economies that sell (or buy) one good or all goods, side by side: value, growth, share of the world and rank among those in the source."
formula = "X_ik; m_ik = X_ik / X_wk; rank by X_ik"
tex = '''m_{ik} = \frac{X_{ik}}{X_{wk}}'''
reference = "United Nations 2011, International Merchandise Trade Statistics: Concepts and Definitions 2010; Gaulier & Zignago 2010, CEPII Working Paper 2010-23"
caveats = [
    "The rank is among the economies in the source, which `economies` counts: 36 for chapters, ten for groups over time, every economy for eight headings (2846 8471 8507 8517 8541 8542 8703 8901).",
    "Reconciled figures (CEPII BACI) are not customs': exports of phones and network gear follow the importers and are far above what Chinese customs count.",
    "Of reconciled data the world buys what it sells: the world's imports are its exports, FOB.",
    "United Arab Emirates 2024 and single jumps of others (Singapore 87, Nigeria 87, Australia 25, Saudi Arabia 85, Chile 28) are breaks of the source, not of trade.",
]
needs = "the tables that come with the dashboard have some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_world"
uses = ["reporter", "flow:hs", "source", "classification", "period:hs_year", "currency:hs"]

[parameters.reporter]
help = "An economy that the source must have; every economy in the source is ranked, whichever it is."
[parameters.product]
domain = "text"
help = "A group (machinery), sector (84-85), section (XVI), chapter (85), heading (8507) or subheading; default: all goods."
[parameters.first]
domain = "period"
help = "First year to show, of the source with most years; default: only the year of `period`."

[names]
item_name = { code = "code", of = ["@classification", "goods"], unknown = "HS " }
name = { code = "partner", of = ["economy", "world"] }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, $flow, 'A', $source, $classification, $period, a_code := $product, a_others := true, a_long := $first IS NOT NULL)
),
goods AS (
    SELECT good.period, economy, sum(good.value_usd) AS value, min(good.quality) AS quality
    FROM hs_product AS good
    JOIN chosen USING (source_id, classification)
    WHERE freq = 'A' AND flow = $flow AND economy <> 'WLD' AND hs_within(product, $product) AND good.period <= chosen.period
    GROUP BY good.period, economy
),
world AS (
    SELECT world.period, coalesce(sum(world.value_usd) FILTER (flow = $flow), sum(world.value_usd) FILTER (flow = 'export' AND quality <> 'reported')) AS world
    FROM hs_world AS world
    JOIN chosen USING (source_id, classification)
    WHERE freq = 'A' AND hs_within(product, $product)
    GROUP BY world.period
),
listed AS (
    SELECT *, 'part' AS kind, rank() OVER (PARTITION BY period ORDER BY value DESC) AS rank, count(*) OVER (PARTITION BY period) AS economies FROM goods
    UNION ALL BY NAME
    SELECT period, 'world' AS economy, world AS value, 'total' AS kind FROM world WHERE world IS NOT NULL
)
SELECT
    listed.period, chosen.classification, coalesce($product, 'all') AS code, listed.economy AS partner,
    customs_continent AS continent, listed.value, before.value AS base_value, 100 * (listed.value / nullif(before.value, 0) - 1) AS growth_pct,
    100 * listed.value / nullif(world.world, 0) AS share_pct, listed.rank, listed.economies, listed.kind, $currency AS currency, listed.quality, chosen.source_id
FROM listed
CROSS JOIN chosen
LEFT JOIN listed AS before ON before.period = year_earlier(listed.period) AND before.economy = listed.economy
LEFT JOIN world ON world.period = listed.period
LEFT JOIN economy ON economy.economy = listed.economy
WHERE if($first IS NULL, listed.period = chosen.period, in_span(listed.period, $first, NULL))
ORDER BY listed.period, listed.kind <> 'part', listed.value DESC, listed.economy

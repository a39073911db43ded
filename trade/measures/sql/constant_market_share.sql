/* ---
title = "Constant market share analysis"
unit = "percentage points"
definition = "Why an exporter's share of world exports changed: because its markets grew faster than others, or because its share within markets changed."
formula = "S = sum_j w_j s_j; change = sum s_0 dw (market) + sum w_0 ds (own) + sum dw ds (interaction); with products k: product effect sum_k s_k dw_k, and mixed what is left of structure"
tex = '''\Delta S = \underbrace{\sum_j s_{j0}\,\Delta w_j}_{\text{market}} + \underbrace{\sum_j w_{j0}\,\Delta s_j}_{\text{own}} + \underbrace{\sum_j \Delta w_j\,\Delta s_j}_{\text{interaction}}'''
reference = "Cafiso 2009, The Export Performance of the Euro Area Countries in the Period 1996-2007, MPRA 20263; form in shares after Fagerberg & Sollie 1987, Applied Economics 19(12)"
caveats = [
    "The own effect is what is left within markets: prices, quality, tariffs, product mix. It is not 'competitiveness'.",
    "The bilateral trade matrix has no products: product and mixed effects are missing, and part of them sits in the market and own effects, until product data are loaded and `products` asks for them.",
    "The exporter's own market counts in the world and can never buy from it: when it grows, the share falls.",
    "By default only economies in both years' tables are compared (Taiwan is missing from 2000 to 2020), so shares differ a little from the market share measure.",
]
needs = "product and mixed effects need world exports by exporter, importer and product: load them on the page Sources and ask with products=chapter"
uses = ["source", "classification", "reporter:exporter"]

[parameters.source]
only = { products = ["section", "chapter"] }
[parameters.classification]
only = { products = ["section", "chapter"] }
[parameters.base_period]
domain = "year"
default = 2019
help = "Earlier year."
[parameters.period]
domain = "year"
help = "Later year; default: the newest year of the bilateral trade matrix."
[parameters.by]
domain = ["effect", "partner", "product"]
default = "effect"
help = "One row per effect, or one row per market (or product) with its part of each effect."
[parameters.economies]
domain = ["common", "all"]
default = "common"
help = "Only economies that are in both years' tables as exporters, or all."
[parameters.products]
domain = ["none", "section", "chapter"]
default = "none"
help = "none: the bilateral trade matrix, without products; sections or chapters of the Harmonized System where the world's product data are loaded."

[names]
name = { code = "code", of = ["@by", "economy", "HS", "world"] }
--- */
WITH chosen AS MATERIALIZED (
    SELECT source_id, classification, TRY_CAST(period AS INTEGER) AS last_year
    FROM hs_set($reporter, 'export', 'A', $source, $classification, $period, $base_period, a_world := true, a_pairs := true)
    WHERE $products <> 'none'
),
goods AS (
    SELECT product AS chapter, parent AS good FROM hs_parents($products) WHERE product IN (SELECT left(product, 2) FROM hs_world)
),
asked AS (
    SELECT $base_period AS first_year, if($products = 'none',
        coalesce($period, (SELECT max(year) FROM bilateral)), (SELECT last_year FROM chosen)) AS last_year
),
flows AS (
    SELECT year, exporter, importer, '' AS product, value_usd, source_id FROM bilateral, asked
    WHERE $products = 'none' AND year IN (first_year, last_year)
    UNION ALL
    SELECT TRY_CAST(period AS INTEGER), exporter, importer, good, sum(value_usd), any_value(source_id)
    FROM hs_pair_chapter
    JOIN chosen USING (source_id, classification)
    JOIN goods USING (chapter)
    WHERE freq = 'A' AND flow = 'export' AND period IN (CAST($base_period AS VARCHAR), CAST(last_year AS VARCHAR))
    GROUP BY 1, 2, 3, 4
),
common AS (
    SELECT exporter AS economy FROM flows GROUP BY exporter HAVING count(DISTINCT year) = 2
),
used AS (
    SELECT year = last_year AS late, exporter, importer, product, value_usd, source_id
    FROM flows, asked
    WHERE last_year > first_year AND (SELECT count(DISTINCT year) FROM flows) = 2
        AND ($economies = 'all' OR (exporter IN (FROM common) AND importer IN (FROM common)))
),
-- shares in world trade in both years: of each market and product (w), and of the reporter's exports there (x)
cells AS (
    SELECT
        importer, product,
        coalesce(sum(value_usd) FILTER (WHERE NOT late), 0) / any_value(world_0) AS w_0, coalesce(sum(value_usd) FILTER (WHERE late), 0) / any_value(world_1) AS w_1,
        coalesce(sum(value_usd) FILTER (WHERE NOT late AND exporter = $reporter), 0) / any_value(world_0) AS x_0,
        coalesce(sum(value_usd) FILTER (WHERE late AND exporter = $reporter), 0) / any_value(world_1) AS x_1
    FROM used, (SELECT sum(value_usd) FILTER (WHERE NOT late) AS world_0, sum(value_usd) FILTER (WHERE late) AS world_1 FROM used)
    GROUP BY importer, product
),
shares AS (
    SELECT importer, product, w_0, w_1, x_0, x_1, coalesce(x_0 / nullif(w_0, 0), 0) AS s_0, coalesce(x_1 / nullif(w_1, 0), 0) AS s_1 FROM cells
),
by_market AS (
    SELECT importer, sum(x_0) AS x_0, sum(x_1) AS x_1, sum(w_0) AS w_0, sum(w_1) AS w_1,
        coalesce(sum(x_0) / nullif(sum(w_0), 0), 0) * (sum(w_1) - sum(w_0)) AS market,
        sum(s_0 * (w_1 - w_0)) AS structure, sum(w_0 * (s_1 - s_0)) AS own, sum((w_1 - w_0) * (s_1 - s_0)) AS interaction
    FROM shares
    GROUP BY importer
),
product_effect AS (
    SELECT sum(effect) AS product FROM (
        SELECT coalesce(sum(x_0) / nullif(sum(w_0), 0), 0) * (sum(w_1) - sum(w_0)) AS effect FROM shares GROUP BY product
    )
),
-- the effects of each product, summed over markets
by_product AS (
    SELECT product, sum(x_0) AS x_0, sum(x_1) AS x_1, sum(w_0) AS w_0, sum(w_1) AS w_1,
        sum(s_0 * (w_1 - w_0)) AS structure, sum(w_0 * (s_1 - s_0)) AS own, sum((w_1 - w_0) * (s_1 - s_0)) AS interaction
    FROM shares
    GROUP BY product
),
world AS (
    SELECT sum(x_0) AS x_0, sum(x_1) AS x_1, sum(market) AS market, if($products = 'none', NULL, any_value(product)) AS product,
        if($products = 'none', NULL, sum(structure) - sum(market) - any_value(product)) AS mixed, sum(own) AS own, sum(interaction) AS interaction
    FROM by_market, product_effect
    HAVING sum(x_0) > 0 AND sum(x_1) > 0
),
effects AS (
    SELECT unnest([
        {'code': 'market', 'effect': market, 'kind': 'part', 'place': 1},
        {'code': 'product', 'effect': product, 'kind': 'part', 'place': 2},
        {'code': 'mixed', 'effect': mixed, 'kind': 'part', 'place': 3},
        {'code': 'own', 'effect': own, 'kind': 'part', 'place': 4},
        {'code': 'interaction', 'effect': interaction, 'kind': 'part', 'place': 5},
        {'code': 'world', 'effect': x_1 - x_0, 'kind': 'total', 'place': 6}
    ], recursive := true)
    FROM world
),
answers AS (
    SELECT code, NULL AS continent, 100 * effect AS contribution_pp, NULL::DOUBLE AS market_pp, NULL::DOUBLE AS own_pp, NULL::DOUBLE AS interaction_pp,
        NULL::DOUBLE AS share_before_pct, NULL::DOUBLE AS share_after_pct, NULL::DOUBLE AS weight_before_pct, NULL::DOUBLE AS weight_after_pct, kind, place,
        if(effect IS NULL, 'needs world exports by product', NULL) AS lacks
    FROM effects WHERE $by = 'effect'
    UNION ALL
    SELECT importer, customs_continent, 100 * (by_market.x_1 - by_market.x_0), 100 * by_market.structure, 100 * by_market.own, 100 * by_market.interaction,
        100 * by_market.x_0 / nullif(w_0, 0), 100 * by_market.x_1 / nullif(w_1, 0), 100 * w_0, 100 * w_1, 'part', 0, NULL
    FROM by_market, world
    JOIN economy ON economy.economy = importer
    WHERE $by = 'partner'
    UNION ALL
    SELECT product, NULL, 100 * (x_1 - x_0), 100 * structure, 100 * own, 100 * interaction,
        100 * x_0 / nullif(w_0, 0), 100 * x_1 / nullif(w_1, 0), 100 * w_0, 100 * w_1, 'part', 0, NULL
    FROM by_product
    JOIN (SELECT 1 FROM world) ON true
    WHERE $by = 'product' AND $products <> 'none'
    UNION ALL
    SELECT 'world', NULL, 100 * (x_1 - x_0), 100 * (x_1 - x_0 - own - interaction), 100 * own, 100 * interaction, 100 * x_0, 100 * x_1, 100, 100, 'total', 1, NULL
    FROM world
    WHERE $by = 'partner' OR ($by = 'product' AND $products <> 'none')
)
SELECT
    CAST(last_year AS VARCHAR) AS period, CAST(first_year AS VARCHAR) AS base_period, answers.* EXCLUDE (place),
    (SELECT string_agg(DISTINCT source_id, ' ' ORDER BY source_id) FROM used) AS source_id
FROM answers, asked
ORDER BY place, if($by <> 'effect', -abs(contribution_pp), 0), code

/* ---
title = "Revealed comparative advantage"
unit = "ratio"
definition = "How much more a product weighs in an exporter's exports than in the world's (Balassa), and the same on a scale from -1 to 1 (symmetric)."
formula = "RCA_ik = (X_ik / X_i) / (X_wk / X_w); symmetric (RCA - 1) / (RCA + 1)"
tex = '''\mathrm{RCA}_{ik} = \frac{X_{ik} / X_i}{X_{wk} / X_w}, \qquad \mathrm{RSCA}_{ik} = \frac{\mathrm{RCA}_{ik} - 1}{\mathrm{RCA}_{ik} + 1}'''
reference = "Balassa 1965, Trade Liberalisation and 'Revealed' Comparative Advantage, Manchester School 33(2); Laursen 2015, Eurasian Business Review 5(1)"
caveats = [
    "Above 1 (symmetric: above 0) the exporter is specialised in the product; the size of the ratio does not compare well between exporters or products.",
    "Tariffs, subsidies and processing trade show in it as well as advantage.",
    "The world is the sum of the exporters in the data: `exporters` says how many, and is missing where the source gives the world as one row; data of one exporter alone give no index.",
    "One source and edition at a time: chapters of CEPII BACI (reconciled) for 2023 and 2024, groups from 1995, headings of the Atlas for 2019, sections for 2021, sectors as reported to 2019.",
    "A level is summed before it is compared: within a chapter above 1 there are headings below it.",
]
needs = "the tables that come with the dashboard have the world's exports for some years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_world"
uses = ["reporter:exporter", "source", "classification", "level", "period:hs_year", "within"]

[names]
name = { code = "product", of = ["@classification"], unknown = "HS " }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, 'export', 'A', $source, $classification, $period, a_level := $level, a_code := $within, a_world := true)
),
own AS (
    SELECT parent AS product, sum(value_usd) AS value_usd, min(quality) AS quality
    FROM hs_product
    JOIN chosen USING (source_id, classification, period)
    LEFT JOIN hs_parents($level) AS placed USING (product)
    WHERE freq = 'A' AND flow = 'export' AND economy = $reporter
    GROUP BY 1
),
world AS (
    SELECT parent AS product, sum(value_usd) AS world_usd
    FROM hs_world
    JOIN chosen USING (source_id, classification, period)
    LEFT JOIN hs_parents($level) AS placed USING (product)
    WHERE freq = 'A' AND flow = 'export'
    GROUP BY 1
),
shares AS (
    SELECT *, 100 * value_usd / sum(value_usd) OVER () AS share_pct, 100 * world_usd / sum(world_usd) OVER () AS world_share_pct
    FROM world
    LEFT JOIN own USING (product)
)
SELECT
    period, $reporter AS reporter, classification, product, value_usd, world_usd, 100 * value_usd / world_usd AS market_share_pct,
    share_pct, world_share_pct, share_pct / world_share_pct AS rca,
    (share_pct - world_share_pct) / (share_pct + world_share_pct) AS symmetric_rca, economies AS exporters, quality, chosen.source_id
FROM shares
CROSS JOIN chosen
WHERE value_usd > 0 AND product IS NOT NULL AND NOT partial AND ($within IS NULL OR product = $within OR ($level <> 'section' AND hs_within(product, $within)))
ORDER BY rca DESC, product

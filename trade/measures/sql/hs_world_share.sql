/* ---
title = "Share of the world's exports by good over time"
unit = "%"
definition = "What part of the world's exports of each good comes from one economy, in every year available, with its comparative advantage and how both changed since the first year shown."
formula = "m_k = X_ik / X_wk; RCA_ik = (X_ik / X_i) / (X_wk / X_w); change = m_k,t - m_k,first"
tex = '''m_k = \frac{X_{ik}}{X_{wk}}, \qquad \mathrm{RCA}_{ik} = \frac{X_{ik} / X_i}{X_{wk} / X_w}'''
reference = "Balassa 1965, Trade Liberalisation and 'Revealed' Comparative Advantage, Manchester School 33(2); World Bank WITS, Trade Outcomes indicators"
caveats = [
    "One source and edition at a time: nine groups of chapters from 1995 to 2024 (CEPII BACI, reconciled), chapters for 2023 and 2024, sectors as reported to 2019.",
    "Reconciled figures before about 2012 are far above customs for China, since importers name it as the origin of goods that came through Hong Kong: its share then is overstated, and its rise since understated.",
    "In current prices: a share falls in a group whose goods the economy sells little of when their prices rise (fuels).",
]
needs = "the tables that come with the dashboard have the world's exports for some years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_world"
uses = ["reporter:exporter", "source", "classification", "level", "within", "first", "last"]

[parameters.level]
default = "group"

[names]
name = { code = "code", of = ["@classification", "goods"], unknown = "HS " }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, 'export', 'A', $source, $classification, NULL, a_level := $level, a_code := $within, a_world := true, a_long := true)
),
cells AS (
    SELECT good.period, good.economy = $reporter AS own, parent AS code, good.value_usd, good.quality, chosen.partial
    FROM (
        SELECT source_id, classification, period, economy, product, value_usd, quality FROM hs_product
        WHERE freq = 'A' AND flow = 'export' AND economy = $reporter
        UNION ALL
        SELECT source_id, classification, period, 'world', product, value_usd, NULL FROM hs_world WHERE freq = 'A' AND flow = 'export'
    ) AS good
    JOIN chosen USING (source_id, classification)
    LEFT JOIN hs_parents($level) AS placed USING (product)
    WHERE in_span(good.period, $first, $last)
),
sums AS (
    SELECT period, code, 'part' AS kind, sum(value_usd) FILTER (own) AS value_usd, sum(value_usd) FILTER (NOT own) AS world_usd, min(quality) AS quality,
        any_value(partial) AS partial
    FROM cells WHERE code IS NOT NULL AND hs_within(code, $within) GROUP BY period, code
    UNION ALL
    SELECT period, 'all', 'total', sum(value_usd) FILTER (own), sum(value_usd) FILTER (NOT own), min(quality), any_value(partial)
    FROM cells GROUP BY period HAVING NOT any_value(partial)
),
shares AS (
    SELECT *, 100 * value_usd / nullif(world_usd, 0) AS market_share_pct,
        max(value_usd) FILTER (kind = 'total') OVER (PARTITION BY period) AS own_usd, max(world_usd) FILTER (kind = 'total') OVER (PARTITION BY period) AS whole_usd
    FROM sums
    WHERE value_usd IS NOT NULL
),
compared AS (
    SELECT *, (value_usd / own_usd) / (world_usd / whole_usd) AS rca, first_value(period) OVER since AS base_period,
        first_value(market_share_pct) OVER since AS base_share_pct, first_value((value_usd / own_usd) / (world_usd / whole_usd)) OVER since AS base_rca
    FROM shares
    WINDOW since AS (PARTITION BY code ORDER BY period)
)
SELECT
    period, first_day(period) AS period_start, chosen.classification, compared.code,
    value_usd, world_usd, market_share_pct, market_share_pct - base_share_pct AS change_pp, if(kind = 'total', NULL, rca) AS rca,
    if(kind = 'total', NULL, rca - base_rca) AS rca_change, base_period, kind, compared.quality, chosen.source_id
FROM compared
CROSS JOIN (SELECT source_id, classification FROM chosen) AS chosen
ORDER BY period, kind <> 'part', market_share_pct DESC, compared.code

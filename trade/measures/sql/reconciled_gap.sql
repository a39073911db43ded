/* ---
title = "Reconciled and customs totals"
unit = "%"
definition = "How far China's trade as CEPII reconciles it (BACI, by HS code) lies from what Chinese customs publish, year by year."
formula = "gap = X_reconciled / X_customs - 1"
tex = '''\frac{X^{\mathrm{BACI}}_t}{X^{\mathrm{customs}}_t} - 1'''
reference = "Gaulier & Zignago 2010, BACI: International Trade Database at the Product-Level, CEPII Working Paper 2010-23; General Administration of Customs of China, annual totals"
caveats = [
    "BACI weighs the exporter's and the importer's declaration, takes freight out of imports and leaves re-imports and goods without a code out: its imports are a fifth below customs (CIF).",
    "Before about 2012 its exports are far above customs, since importers name China as the origin of goods that came through Hong Kong.",
    "Editions of the Harmonized System differ by up to 5%: one source at a time.",
]
uses = ["flow:hs", "source", "classification", "first", "last"]
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set('CHN', $flow, 'A', $source, $classification, NULL, a_long := true)
),
customs AS (
    SELECT period, value, source_id FROM total_trade WHERE freq = 'A' AND flow = $flow AND currency = 'USD'
)
SELECT
    held.period, first_day(held.period) AS period_start, held.classification, held.value_usd, customs.value AS customs_usd,
    100 * (held.value_usd / customs.value - 1) AS gap_pct, held.quality, held.source_id || ' ' || customs.source_id AS source_id
FROM hs_coverage AS held
JOIN (SELECT source_id, classification FROM chosen) AS chosen USING (source_id, classification)
JOIN customs ON customs.period = held.period
WHERE held.economy = 'CHN' AND held.freq = 'A' AND held.flow = $flow AND held.quality <> 'reported' AND in_span(held.period, $first, $last)
ORDER BY held.period

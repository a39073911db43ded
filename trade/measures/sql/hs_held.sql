/* ---
title = "Available data by HS code"
unit = "products"
definition = "Which economies' trade by HS code is available, from which source, by year or month, in which detail."
formula = "count of k with X_k > 0, in the last period available"
tex = '''\#\{k : X_k > 0\}'''
reference = "World Customs Organization, HS Nomenclature 2022"
caveats = [
    "Imports of reconciled data (CEPII BACI) are the partners' exports, FOB: quality mirror. Reported imports are CIF.",
    "Sources and editions of the Harmonized System are never mixed in one series.",
]
needs = "the tables that come with the dashboard have some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_dataset"

[parameters.reporter]
domain = "economy"
help = "Only this economy; default: all."

[names]
name = { code = "reporter", of = ["economy"] }
--- */
SELECT
    held.economy AS reporter, flow, freq, classification, min(period) AS first_period, max(period) AS period,
    count(*) AS periods, arg_max(products, period) AS products, max(digits) AS digits, max(finest) AS finest,
    max(pairs) > 0 AS by_partner, bool_or(some_goods) AS some_goods, min(held.quality) AS quality, source_id
FROM hs_coverage AS held
JOIN (SELECT source_id, classification, freq, period, flow, economy, some_goods FROM hs_dataset) AS known
    USING (source_id, classification, freq, period, flow, economy)
WHERE held.economy <> 'WLD' AND ($reporter IS NULL OR held.economy = $reporter)
GROUP BY held.economy, flow, freq, classification, source_id
ORDER BY reporter, flow, freq, period DESC, source_id, classification

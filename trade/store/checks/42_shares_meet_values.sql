-- title: published shares of destinations equal value over the exporter's total
-- tolerance: 0.02
-- file: oecd_btige/top_destinations_2021_2025.csv
-- percentage points; the source rounds shares to 0.01
SELECT concat_ws(' ', year, exporter, partner) AS place, share_pct AS value, 100 * value_usd / exporter_total_usd AS expected
FROM fact.top_destination
WHERE share_pct IS NOT NULL AND exporter_total_usd > 0

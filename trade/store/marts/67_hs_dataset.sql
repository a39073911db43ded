-- one row per source, classification, freq, period, flow (total: both) and economy: what the dataset can answer for it
-- key: source_id, classification, freq, period, flow, economy
WITH sides AS (
    SELECT source_id, classification, freq, period, flow, economy, value_usd, digits, finest, pairs, quality FROM hs_coverage
    UNION ALL
    SELECT source_id, classification, freq, period, 'total', economy, sum(value_usd), max(digits), max(finest), min(pairs), min(quality)
    FROM hs_coverage
    GROUP BY source_id, classification, freq, period, economy
    HAVING count(*) = 2
),
-- properties of a data set over all its economies: grouping and a join take a quarter of the time of window functions
sets AS (
    SELECT source_id, classification, freq, period, flow, count(*) FILTER (economy <> 'WLD') AS economies,
        count(*) FILTER (pairs > 0) > 1 AS by_exporter_and_importer, count(*) FILTER (economy = 'WLD') > 0 AS with_world,
        count(*) FILTER (economy = 'WLD' AND quality <> 'derived') > 0 AS world_as_given
    FROM sides
    GROUP BY source_id, classification, freq, period, flow
)
SELECT
    sides.*, coalesce(contains(warnings, 'some_goods'), false) AS some_goods,
    source_id IN (SELECT source_id FROM fact.product_purchase)
        OR (by_exporter_and_importer AND source_id IN (SELECT source_id FROM fact.product_trade WHERE partner <> 'WLD')) AS with_purchases,
    by_exporter_and_importer, with_world, world_as_given, economies,
    count(*) OVER (PARTITION BY source_id, classification, freq, flow, economy) AS periods
FROM sides
JOIN sets USING (source_id, classification, freq, period, flow)
LEFT JOIN (SELECT source_id, warnings FROM fact.source) AS source USING (source_id)
ORDER BY freq, flow, economy, period, source_id, classification

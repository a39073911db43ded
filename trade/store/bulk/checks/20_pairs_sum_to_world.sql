-- title: pairs of economies sum to the products of the world
-- tolerance: 0.01
-- file: hs_pair
-- dollars, where the world is the sum of pairs; the importer's side of reconciled exports has no pairs of its own, and must sum to the same
SELECT
    concat_ws(' ', source_id, classification, freq, period, flow) AS place, CAST(world.value_usd AS DOUBLE) AS value,
    CAST(coalesce(own.value_usd, other.value_usd) AS DOUBLE) AS expected
FROM (
    SELECT source_id, classification, freq, period, flow, sum(CAST(value_usd AS DECIMAL(18, 2))) AS value_usd
    FROM hs_world WHERE economies > 0 GROUP BY ALL
) AS world
LEFT JOIN (
    SELECT source_id, classification, freq, period, flow, sum(CAST(value_usd AS DECIMAL(18, 2))) AS value_usd
    FROM hs_pair GROUP BY ALL
) AS own USING (source_id, classification, freq, period, flow)
LEFT JOIN (
    SELECT source_id, classification, freq, period, 'import' AS flow, sum(CAST(value_usd AS DECIMAL(18, 2))) AS value_usd
    FROM hs_pair WHERE quality = 'reconciled' GROUP BY ALL
) AS other USING (source_id, classification, freq, period, flow)

-- title: HS chapters by pair sum to the products of the world
-- tolerance: 0.01
-- file: hs_pair_chapter
-- dollars, by chapter
SELECT
    concat_ws(' ', source_id, classification, freq, period, flow, chapter) AS place,
    CAST(pairs.value_usd AS DOUBLE) AS value, CAST(world.value_usd AS DOUBLE) AS expected
FROM (
    SELECT source_id, classification, freq, period, flow, chapter, sum(CAST(value_usd AS DECIMAL(18, 2))) AS value_usd
    FROM hs_pair_chapter GROUP BY ALL
) AS pairs
LEFT JOIN (
    SELECT source_id, classification, freq, period, flow, substring(product, 1, 2) AS chapter,
        sum(CAST(value_usd AS DECIMAL(18, 2))) AS value_usd
    FROM hs_world GROUP BY ALL
) AS world USING (source_id, classification, freq, period, flow, chapter)

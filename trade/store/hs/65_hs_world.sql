-- one row per source, classification, freq, period, flow and HS code as loaded: dollars of the world
-- key: source_id, classification, freq, period, flow, product
--
-- The world is the source's own row for it, or the sum of all economies with partners; sources with neither have no rows.
-- economies is NULL where the source gives the world as one row.
SELECT
    source_id, classification, freq, period, flow, product,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(NULLIF(SUM(CASE WHEN economy = 'WLD' THEN 0 ELSE 1 END), 0) AS BIGINT) AS economies, MIN(quality) AS quality
FROM hs_product
WHERE economy = 'WLD' OR partners > 0
GROUP BY source_id, classification, freq, period, flow, product
ORDER BY source_id, classification, freq, flow, period, product

-- one row per source, classification, freq, period, flow and HS code as loaded: dollars of the world
-- key: source_id, classification, freq, period, flow, product
--
-- The world is what the source gives as such, or all economies that it holds with their partners: economies without either
-- make no world. economies is missing where the source does not say how many are in it.
SELECT
    source_id, classification, freq, period, flow, product,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(NULLIF(SUM(CASE WHEN economy = 'WLD' THEN 0 ELSE 1 END), 0) AS BIGINT) AS economies, MIN(quality) AS quality
FROM hs_product
WHERE economy = 'WLD' OR partners > 0
GROUP BY source_id, classification, freq, period, flow, product
ORDER BY source_id, classification, freq, flow, period, product

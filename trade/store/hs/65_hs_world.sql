-- one row per source, classification, freq, period, flow and HS code as loaded: dollars of all economies that the source holds
-- key: source_id, classification, freq, period, flow, product
SELECT
    source_id, classification, freq, period, flow, product,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd, COUNT(*) AS economies, MIN(quality) AS quality
FROM hs_product
GROUP BY source_id, classification, freq, period, flow, product
ORDER BY source_id, classification, freq, flow, period, product

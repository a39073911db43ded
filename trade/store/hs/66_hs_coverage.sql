-- one row per source, classification, freq, period, flow and economy with trade by HS code: dollars, codes and their digits
-- key: source_id, classification, freq, period, flow, economy
SELECT
    source_id, classification, freq, period, flow, economy,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd, COUNT(*) AS products, MAX(LENGTH(product)) AS digits,
    MIN(quality) AS quality
FROM hs_product
GROUP BY source_id, classification, freq, period, flow, economy
ORDER BY source_id, classification, freq, flow, economy, period

-- one row per source, classification, freq, period, flow and economy with trade by HS code: dollars, codes and their digits
-- key: source_id, classification, freq, period, flow, economy
--
-- Sections are Roman numerals, sectors chapters with a stroke between (84-85), groups words (machinery).
SELECT
    source_id, classification, freq, period, flow, economy,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd, COUNT(*) AS products, CAST(SUM(partners) AS BIGINT) AS pairs,
    MAX(CASE WHEN TRANSLATE(product, '0123456789', '') = '' THEN LENGTH(product) ELSE 0 END) AS digits,
    CASE MAX(CASE WHEN TRANSLATE(product, '0123456789', '') = '' THEN LENGTH(product) ELSE 0 END)
        WHEN 6 THEN 'subheading' WHEN 4 THEN 'heading' WHEN 2 THEN 'chapter'
        ELSE CASE WHEN TRANSLATE(MAX(product), 'IVX', '') = '' THEN 'section' WHEN TRANSLATE(MAX(product), '0123456789', '') = '-' THEN 'sector' ELSE 'group' END
    END AS finest,
    MIN(quality) AS quality
FROM hs_product
GROUP BY source_id, classification, freq, period, flow, economy
ORDER BY source_id, classification, freq, flow, economy, period

-- one row per source, classification, freq, period, flow, exporter, importer and HS chapter: dollars
-- key: source_id, classification, freq, period, flow, exporter, importer, chapter
--
-- flow is the side that tells it: export, the exporter (or both, reconciled); import, the importer.
SELECT
    source_id, classification, freq, period, flow,
    CASE WHEN flow = 'export' THEN reporter ELSE partner END AS exporter,
    CASE WHEN flow = 'export' THEN partner ELSE reporter END AS importer,
    SUBSTRING(product, 1, 2) AS chapter,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd, MIN(quality) AS quality
FROM hs_fact
WHERE partner <> 'WLD' AND reporter <> 'WLD'
GROUP BY
    source_id, classification, freq, period, flow,
    CASE WHEN flow = 'export' THEN reporter ELSE partner END,
    CASE WHEN flow = 'export' THEN partner ELSE reporter END,
    SUBSTRING(product, 1, 2)
ORDER BY source_id, classification, freq, flow, period, exporter, importer, chapter

-- one row per source, classification, freq, period, flow, exporter and importer: dollars of all HS chapters
-- key: source_id, classification, freq, period, flow, exporter, importer
SELECT
    source_id, classification, freq, period, flow, exporter, importer,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd, COUNT(*) AS chapters, MIN(quality) AS quality
FROM hs_pair_chapter
GROUP BY source_id, classification, freq, period, flow, exporter, importer
ORDER BY source_id, classification, freq, flow, period, exporter, importer

-- one row per classification, year, exporter, importer and product of the world's goods exports: empty until such data are imported
SELECT
    NULL::VARCHAR AS classification, NULL::INTEGER AS year, NULL::VARCHAR AS exporter, NULL::VARCHAR AS importer,
    NULL::VARCHAR AS product, NULL::DOUBLE AS value_usd, NULL::VARCHAR AS source_id
WHERE false

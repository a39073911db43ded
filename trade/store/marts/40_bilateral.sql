-- one row per year, exporter and importer of the world's goods exports, one source a year (a view on the fact table)
SELECT year, exporter, importer, value_usd, source_id FROM fact.bilateral_export

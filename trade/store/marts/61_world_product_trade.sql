-- one row per source, classification, year, exporter, importer and HS code of goods exports as exporters report or CEPII reconciles them: empty until such data are loaded
SELECT
    classification, CAST(period AS INTEGER) AS year, reporter AS exporter, partner AS importer, product, value_usd, source_id
FROM fact.product_trade
WHERE freq = 'A' AND flow = 'export'

-- title: no buyer buys more of a good from the exporter than from the world
-- tolerance: 0
-- file: baci_buyers_hs22
-- sources: baci_buyers_hs22
SELECT concat_ws(' ', source_id, exporter, importer) AS place, count(*) AS value, count(*) FILTER (value_usd <= market_usd) AS expected
FROM fact.product_purchase
GROUP BY source_id, classification, period, exporter, importer

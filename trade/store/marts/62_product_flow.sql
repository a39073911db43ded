-- one row per source, classification, reporter, freq, period, flow, partner and HS code: as reported, and reconciled exports seen from the importer too
SELECT source_id, classification, reporter, freq, period, flow, partner, product, value_usd, quality
FROM fact.product_trade
UNION ALL
SELECT source_id, classification, partner, freq, period, 'import', reporter, product, value_usd, 'mirror'
FROM fact.product_trade
WHERE quality = 'reconciled' AND flow = 'export'

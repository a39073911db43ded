-- one row per source, classification, reporter, freq, period, flow, partner and HS code: what the marts under hs/ are made of
--
-- Purchases are means of two years from one exporter's side (quality averaged), so they do not give an importer's trade.
SELECT source_id, classification, reporter, freq, period, flow, partner, product, value_usd, quality
FROM fact.product_trade
UNION ALL
SELECT source_id, classification, exporter, 'A', period, 'export', importer, product, value_usd, 'averaged'
FROM fact.product_purchase

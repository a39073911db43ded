-- one row per source, classification, reporter, freq, period, flow, partner and HS code: what the marts under hs/ are made of
SELECT source_id, classification, reporter, freq, period, flow, partner, product, value_usd, quality
FROM fact.product_trade

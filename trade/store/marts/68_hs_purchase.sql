-- one row per source, classification, freq, period, exporter, importer and code: dollars, and what the importer buys of it from the world
--
-- Purchases as means of two years, as their source gives them, and reconciled exports by partner, for which the importer's
-- purchases are the sales of all exporters to it.
SELECT source_id, classification, 'A' AS freq, period, exporter, importer, product, value_usd, market_usd, 'averaged' AS quality
FROM fact.product_purchase
UNION ALL
SELECT source_id, classification, freq, period, reporter, partner, product, sold.value_usd, bought.value_usd, sold.quality
FROM fact.product_trade AS sold
JOIN (SELECT *, economy AS partner FROM hs_product WHERE flow = 'import' AND quality = 'mirror') AS bought
    USING (source_id, classification, freq, period, partner, product)
WHERE sold.flow = 'export' AND sold.quality = 'reconciled' AND partner <> 'WLD'

-- The largest export commodities of 2025 that do not overlap, with growth
SELECT product.name_en AS commodity, round(value_cny / 1e9, 1) AS billion_yuan, growth_pct, quantity, quantity_unit
FROM product_month
JOIN fact.product USING (product)
WHERE list = 'main' AND freq = 'YTD' AND period = '2025-12' AND flow = 'export' AND NOT product_month.overlapping
ORDER BY value_cny DESC
LIMIT 20

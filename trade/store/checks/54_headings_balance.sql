-- title: the world's exports of a heading equal its imports, and what the economies sell and buy of it
-- tolerance: 0
-- file: baci_headings_hs17
-- sources: baci_headings_hs17
SELECT concat_ws(' ', period, flow, product) AS place, sum(value_usd) FILTER (economy <> 'WLD') AS value, any_value(sold) AS expected
FROM hs_product
JOIN (
    SELECT period, product, value_usd AS sold FROM hs_product
    WHERE source_id = 'baci_headings_hs17' AND economy = 'WLD' AND flow = 'export'
) USING (period, product)
WHERE source_id = 'baci_headings_hs17'
GROUP BY period, flow, product

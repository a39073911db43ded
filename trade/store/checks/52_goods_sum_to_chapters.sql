-- title: HS6 goods by buyer sum to the chapters of the same two years, in percent of them
-- tolerance: 11
-- file: baci_buyers_hs22
-- sources: baci_buyers_hs22 baci_chapters_hs17
-- Chapters of a billion dollars and more that both editions have alike (the later one moved goods into 24, 75 and 88), and the whole. The
-- mean of the years in which a flow is positive lies above the mean of both.
SELECT coalesce(chapter, 'all chapters') AS place, 100 * (sum(goods.value_usd) / sum(chapters.value_usd) - 1) AS value, 0 AS expected
FROM (SELECT left(product, 2) AS chapter, sum(value_usd) AS value_usd FROM fact.product_purchase GROUP BY ALL) AS goods
JOIN (
    SELECT product AS chapter, avg(value_usd) AS value_usd
    FROM hs_product
    WHERE source_id = 'baci_chapters_hs17' AND economy = 'CHN' AND flow = 'export' AND period IN ('2022', '2023')
    GROUP BY ALL
) AS chapters USING (chapter)
GROUP BY ROLLUP (chapter)
HAVING chapter IS NULL OR (sum(chapters.value_usd) >= 1e9 AND chapter NOT IN ('24', '75', '88'))

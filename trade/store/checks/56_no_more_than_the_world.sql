-- title: no economy sells more of a good than the world does
-- tolerance: 0
-- file: baci_chapters_hs92
-- sources: baci_chapters_hs92
-- dollars above the world, where the source gives a world
SELECT concat_ws(' ', source_id, product) AS place, max(greatest(own.value_usd - world.value_usd, 0)) AS value, 0 AS expected
FROM hs_product AS own
JOIN (SELECT * FROM hs_product WHERE economy = 'WLD') AS world USING (source_id, classification, freq, period, flow, product)
GROUP BY ALL

-- title: HS chapters sum to the nine groups of chapters of the same economy, year and flow
-- tolerance: 0
-- file: baci_chapters_hs92
-- sources: baci_chapters_hs92 baci_groups_hs92
-- dollars, of the economies in both tables
SELECT concat_ws(' ', economy, period, flow, code) AS place, chapters.value_usd AS value, groups.value_usd AS expected
FROM (
    SELECT economy, period, flow, code, sum(value_usd) AS value_usd
    FROM hs_product
    JOIN fact.hs_group ON scheme = 'group' AND chapter = product
    WHERE hs_product.source_id = 'baci_chapters_hs92'
    GROUP BY ALL
) AS chapters
JOIN (SELECT economy, period, flow, product AS code, value_usd FROM hs_product WHERE source_id = 'baci_groups_hs92') AS groups
    USING (economy, period, flow, code)

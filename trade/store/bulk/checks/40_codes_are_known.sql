-- title: HS codes have two, four or six digits or name coarser goods, periods are years or months, economies are known
-- tolerance: 0
-- file: hs_coverage
SELECT source_id || ' ' || product AS place, count(*) AS value, 0 AS expected
FROM hs_world
WHERE NOT regexp_full_match(product, '\d{2}(\d{2}){0,2}') AND product NOT IN (SELECT section FROM fact.hs_chapter UNION ALL SELECT code FROM fact.hs_group)
GROUP BY ALL
UNION ALL
SELECT concat_ws(' ', source_id, freq, period, coalesce(economy, '')), count(*), 0
FROM hs_coverage
WHERE freq NOT IN ('A', 'M') OR NOT regexp_full_match(period, if(freq = 'A', '(19|20)\d\d(/(19|20)\d\d)?', '(19|20)\d\d-(0[1-9]|1[0-2])'))
    OR (economy <> 'WLD' AND economy NOT IN (SELECT economy FROM fact.economy))
GROUP BY ALL
UNION ALL
SELECT source_id, 0, 0 FROM hs_coverage GROUP BY ALL

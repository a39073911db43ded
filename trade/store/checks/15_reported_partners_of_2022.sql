-- title: the partners of 2022 as China reported them sum to the printed world
-- tolerance: 0.001
-- file: wits_china/exports_2022.csv
-- billion dollars; the printed world of the first vintage is 3,593.601 billion (UN Comtrade), which customs later lowered to 3,544
SELECT '2022 export' AS place, sum(value_usd) / 1e9 AS value, 3593.601436::DOUBLE AS expected
FROM fact.partner_year
WHERE source_id = 'wits_china' AND year = 2022


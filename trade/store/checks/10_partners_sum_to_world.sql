-- title: partners, Antarctica and the unallocated row sum to the printed world
-- tolerance: 20
-- file: gacc_partners
-- 10,000 yuan; about 250 rows, each rounded to one unit; 2024 has a check of its own
SELECT
    concat_ws(' ', freq, period, flow) AS place,
    partners.value AS value,
    world.value_cny_10k AS expected
FROM fact.group_trade AS world
JOIN (
    SELECT freq, period, flow, sum(value_cny_10k) AS value FROM fact.partner_trade GROUP BY ALL
) AS partners USING (freq, period, flow)
WHERE world.group_code = 'world' AND world.value_cny_10k IS NOT NULL AND period >= '2025'

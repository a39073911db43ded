-- title: continents, Antarctica and the unallocated row sum to the printed world
-- tolerance: 100
-- file: gacc_partners
-- 10,000 yuan; Antarctica and the unallocated row are among the partners. The collected data for 2024 leave 73
WITH parts AS (
    SELECT freq, period, flow, value_cny_10k FROM fact.group_trade
    WHERE group_code IN ('asia', 'africa', 'europe', 'latin-america', 'north-america', 'oceania')
    UNION ALL
    SELECT freq, period, flow, value_cny_10k FROM fact.partner_trade WHERE partner IN ('ATA', 'XXU')
)
SELECT concat_ws(' ', freq, period, flow) AS place, sum(parts.value_cny_10k) AS value, any_value(world.value_cny_10k) AS expected
FROM fact.group_trade AS world
JOIN parts USING (freq, period, flow)
WHERE world.group_code = 'world' AND world.value_cny_10k IS NOT NULL
GROUP BY freq, period, flow

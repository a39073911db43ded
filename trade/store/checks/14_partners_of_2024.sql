-- title: the partners of 2024 sum to the printed world
-- tolerance: 600
-- file: gacc_partners/partner_2024.csv
-- 10,000 yuan; names were restored from the order of the table: exports of some African and Latin American residual rows are short by 510
SELECT concat_ws(' ', period, flow) AS place, sum(partner.value_cny_10k) AS value, any_value(world.value_cny_10k) AS expected
FROM fact.group_trade AS world
JOIN fact.partner_trade AS partner USING (freq, period, flow)
WHERE world.group_code = 'world' AND period = '2024-12' AND freq = 'YTD'
GROUP BY period, flow

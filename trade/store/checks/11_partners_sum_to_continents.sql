-- title: the partners of a continent sum to the printed continent
-- tolerance: 10
-- file: gacc_partners
-- 10,000 yuan; 2024 has a check of its own
SELECT
    concat_ws(' ', continent.freq, continent.period, continent.group_code, continent.flow) AS place,
    sum(partner.value_cny_10k) AS value,
    any_value(continent.value_cny_10k) AS expected
FROM fact.group_trade AS continent
JOIN fact.economy ON economy.customs_continent = continent.group_code
JOIN fact.partner_trade AS partner
    ON partner.partner = economy.economy AND partner.freq = continent.freq
    AND partner.period = continent.period AND partner.flow = continent.flow
WHERE continent.value_cny_10k IS NOT NULL AND continent.period >= '2025'
GROUP BY continent.freq, continent.period, continent.group_code, continent.flow

-- title: the members of ASEAN, the EU, APEC and RCEP (China's re-imports left out) sum to the printed bloc
-- tolerance: 10
-- file: gacc_partners
-- 10,000 yuan; members at the end of the period, from 2025-12 on: customs counts Timor-Leste in ASEAN from late 2025
SELECT concat_ws(' ', bloc.freq, bloc.period, bloc.group_code, bloc.flow) AS place,
    sum(partner.value_cny_10k) AS value, any_value(bloc.value_cny_10k) AS expected
FROM fact.group_trade AS bloc
JOIN fact.group_member AS member ON member.group_code = bloc.group_code
    AND member.valid_from <= last_day(CAST(bloc.period || '-01' AS DATE))
    AND (member.valid_to IS NULL OR member.valid_to > last_day(CAST(bloc.period || '-01' AS DATE)))
JOIN fact.partner_trade AS partner ON partner.partner = member.economy AND partner.freq = bloc.freq
    AND partner.period = bloc.period AND partner.flow = bloc.flow
WHERE bloc.group_code IN ('asean', 'eu', 'apec', 'rcep') AND member.economy <> 'CHN' AND bloc.value_cny_10k IS NOT NULL AND bloc.freq = 'YTD' AND bloc.period >= '2025-12'
GROUP BY bloc.freq, bloc.period, bloc.group_code, bloc.flow

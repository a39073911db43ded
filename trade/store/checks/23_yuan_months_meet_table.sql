-- title: the totals in yuan by month equal the world row of the customs table by country
-- tolerance: 0
-- file: gacc_monthly_yuan/totals.csv
-- 10,000 yuan; the months that both print
SELECT concat_ws(' ', freq, period, flow) AS place, CAST(month.printed AS DOUBLE) AS value, table_row.value_cny_10k AS expected
FROM fact.released_figure AS month
JOIN fact.group_trade AS table_row USING (freq, period, flow)
WHERE month.source_id = 'gacc_monthly_yuan' AND table_row.source_id = 'gacc_partners' AND table_row.group_code = 'world'
    AND table_row.value_cny_10k IS NOT NULL AND table_row.quality = 'reported' AND period >= '2025'

-- one row per freq (M, Q or YTD), period, group and flow: world, continents and blocs of the customs table, in yuan; never added to partners
-- key: freq, period, group_code, flow
SELECT freq, period, period_start, code AS group_code, flow, value_cny, growth_pct, quality, published, source_id
FROM with_quarters()
WHERE code = lower(code)
ORDER BY freq, flow, period, group_code

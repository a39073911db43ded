-- one row per freq (M, Q or YTD), period, partner and flow: customs table by country in yuan, 2024-01 on; months between printed ones and quarters are derived
-- key: freq, period, partner, flow
SELECT freq, period, period_start, code AS partner, flow, value_cny, growth_pct, quality, published, source_id
FROM with_quarters()
WHERE code = upper(code)
ORDER BY freq, flow, period, partner

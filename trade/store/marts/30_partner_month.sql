-- one row per freq (M or YTD), period, partner and flow: customs table by country in yuan, 2024-01 on, months between printed ones derived
-- key: freq, period, partner, flow
SELECT freq, period, period_start, code AS partner, flow, value_cny, growth_pct, quality, published, source_id
FROM staging.customs_table
WHERE code = upper(code)
ORDER BY freq, flow, period, partner

-- one row per dataset, reporter, flow, freq, period, partner and currency: what every concentration, ranking and share measure reads
--
-- Published growth is customs' own, in yuan and on its revised base; dollar rows have none. Only the customs table has
-- two-way rows (flow total), since it prints their growth; otherwise `markets()` adds exports and imports.
-- An imported table is a separate dataset, named by its source_id, and never mixed with these two.
SELECT 'customs' AS dataset, 'CHN' AS reporter, 'A' AS freq, CAST(year AS VARCHAR) AS period, flow, partner, 'USD' AS currency,
    value_usd AS value, NULL::DOUBLE AS growth_pct, quality, source_id
FROM partner_annual WHERE value_usd IS NOT NULL
UNION ALL
SELECT 'customs', 'CHN', 'A', CAST(year AS VARCHAR), flow, partner, 'CNY', value_cny, growth_pct,
    if(quality = 'converted', 'reported', quality), source_id
FROM partner_annual WHERE value_cny IS NOT NULL
UNION ALL
SELECT 'customs', 'CHN', 'A', left(period, 4), flow, partner, 'CNY', value_cny, growth_pct, quality, source_id
FROM partner_month WHERE flow = 'total' AND freq = 'YTD' AND period LIKE '%-12'
UNION ALL
SELECT 'customs', 'CHN', freq, period, flow, partner, 'CNY', value_cny, growth_pct, quality, source_id
FROM partner_month
UNION ALL
SELECT 'matrix', exporter, 'A', CAST(year AS VARCHAR), 'export', importer, 'USD', value_usd, NULL, 'reported', source_id
FROM bilateral
UNION ALL
SELECT 'matrix', importer, 'A', CAST(year AS VARCHAR), 'import', exporter, 'USD', value_usd, NULL, 'mirror', source_id
FROM bilateral
UNION ALL
SELECT source_id, reporter, freq, period, flow, partner, currency, value, growth_pct, quality, source_id
FROM fact.trade_flow

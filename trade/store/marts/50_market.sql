-- one row per dataset, reporter, flow, freq, period, partner and currency: what every concentration, ranking and share measure reads
SELECT 'customs' AS dataset, 'CHN' AS reporter, 'A' AS freq, CAST(year AS VARCHAR) AS period, flow, partner, 'USD' AS currency,
    value_usd AS value, growth_pct, quality, source_id
FROM partner_annual WHERE value_usd IS NOT NULL
UNION ALL
SELECT 'customs', 'CHN', 'A', CAST(year AS VARCHAR), flow, partner, 'CNY', value_cny, growth_pct,
    if(quality = 'converted', 'reported', quality), source_id
FROM partner_annual WHERE value_cny IS NOT NULL
UNION ALL
SELECT 'customs', 'CHN', freq, period, flow, partner, 'CNY', value_cny, growth_pct, quality, source_id
FROM partner_month WHERE flow <> 'total'
UNION ALL
SELECT 'matrix', exporter, 'A', CAST(year AS VARCHAR), 'export', importer, 'USD', value_usd, NULL, 'reported', source_id
FROM fact.bilateral_export
UNION ALL
SELECT 'matrix', importer, 'A', CAST(year AS VARCHAR), 'import', exporter, 'USD', value_usd, NULL, 'mirror', source_id
FROM fact.bilateral_export

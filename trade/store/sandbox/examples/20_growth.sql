-- Growth of exports as published and between levels, in both currencies
SELECT
    period AS year, currency, growth_pct AS published_pct,
    round(100 * (value / lag(value) OVER (PARTITION BY currency ORDER BY period) - 1), 1) AS between_levels_pct
FROM total_trade
WHERE freq = 'A' AND flow = 'export'
ORDER BY period DESC, currency
LIMIT 30

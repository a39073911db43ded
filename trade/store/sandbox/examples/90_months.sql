-- Exports by month in dollars, against the same month a year earlier
SELECT
    now.period AS month, round(now.value / 1e9, 1) AS billion_usd,
    round(100 * (now.value / before.value - 1), 1) AS change_pct, now.growth_pct AS published_pct
FROM total_trade AS now
LEFT JOIN total_trade AS before
    ON before.period_start = now.period_start - INTERVAL 1 YEAR
    AND (before.freq, before.flow, before.currency) = (now.freq, now.flow, now.currency)
WHERE now.freq = 'M' AND now.flow = 'export' AND now.currency = 'USD'
ORDER BY now.period DESC
LIMIT 36

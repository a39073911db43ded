/* ---
title = "Year-to-date growth"
unit = "%"
definition = "Change of the value from January to a month against the same months a year earlier."
formula = "sum(X_1..X_m, t) / sum(X_1..X_m, t-1) - 1"
tex = '''\frac{\sum_{i=1}^{m} X_{i,t}}{\sum_{i=1}^{m} X_{i,t-1}} - 1'''
reference = "Usage of China Customs' monthly releases (year-to-date columns of the bulletin)"
caveats = ["It is not the mean of the monthly rates.", "Published growth uses customs' revised base."]
uses = ["flow", "first", "last", "as_of", "currency:customs"]
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND currency = $currency AND freq = 'YTD'
)
SELECT
    now.period, now.period_start, month(now.period_start) AS months, now.value, now.growth_pct,
    100 * (now.value / nullif(before.value, 0) - 1) AS growth_computed_pct,
    before.value AS base_value, now.derived, now.source_id, now.source_title, now.source_url, now.published
FROM known AS now
LEFT JOIN known AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
WHERE in_span(now.period, $first, $last)
ORDER BY now.period

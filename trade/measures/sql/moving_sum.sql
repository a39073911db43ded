/* ---
title = "Moving sum"
unit = "value"
definition = "Sum of the last 12 (or 3) months, which evens out the season and the Lunar New Year."
formula = "sum(X_{t-k+1} .. X_t), k = 12 or 3"
tex = '''S_t = \sum_{i=0}^{k-1} X_{t-i}'''
reference = "IMF Quarterly National Accounts Manual 2017, ch. 7 (rolling sums); January and February jointly as China Customs publishes them"
caveats = ["A window with a missing month is missing, never a smaller sum."]
uses = ["flow", "first", "last", "as_of"]

[parameters.currency]
domain = ["CNY", "USD"]
default = "USD"
help = "Currency of the customs figures; complete months in yuan begin in 2024."

[parameters.window]
domain = "integer"
default = 12
minimum = 2
maximum = 60
help = "Number of months in the sum."
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND currency = $currency AND freq = 'M'
),
summed AS (
    SELECT
        *, sum(value) OVER recent AS total, count(*) OVER recent AS months
    FROM known
    WINDOW recent AS (
        ORDER BY period_start RANGE BETWEEN to_months(CAST($window AS INTEGER) - 1) PRECEDING AND CURRENT ROW
    )
)
SELECT
    now.period, now.period_start, now.value, now.total AS moving_sum,
    100 * (now.total / nullif(before.total, 0) - 1) AS growth_pct, now.derived, now.source_id, now.source_title, now.source_url, now.published
FROM summed AS now
LEFT JOIN summed AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR AND before.months = $window
WHERE now.months = $window AND in_span(now.period, $first, $last)
ORDER BY now.period

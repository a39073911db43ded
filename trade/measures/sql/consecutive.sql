/* ---
title = "Periods in a row above a mark"
unit = "periods"
definition = "How many months, quarters or years in a row, up to each period, growth, value or balance was above a mark, and in how many periods of the year."
formula = "length of the run of y > mark that ends in t"
tex = '''r_t = \begin{cases} r_{t-1} + 1 & y_t > m \\ 0 & \text{else} \end{cases}'''
reference = "Statements of China Customs: ten months of growth in a row (8 December 2025), nine quarters above ten trillion yuan (14 July 2025)"
caveats = [
    "The run depends on the currency and on the vintage of growth.",
    "A missing period ends the run: `at_least` is true where the run begins right after one, so that it may be longer.",
    "Customs publishes January and February together; the split between them is uncertain in dollars.",
]
uses = ["flow:total", "as_of", "currency:customs", "first:year", "last:year"]

[parameters.quantity]
domain = ["growth", "value", "balance"]
default = "growth"
help = "What is compared with the mark; balance is exports less imports, whatever the flow."

[parameters.mark]
domain = "number"
default = 0
help = "Per cent for growth, billions of the currency for value and balance."

[parameters.freq]
domain = ["A", "Q", "M"]
default = "M"
help = "Years, quarters or months."
[parameters.vintage]
domain = ["published", "levels"]
default = "published"
help = "Growth as published on the revised base (months and years without one: between levels), or between the preferred levels only."
--- */
WITH figures AS (
    SELECT period, period_start, flow, value, growth_pct, source_id, source_title, source_url, published
    FROM totals($as_of) WHERE freq = $freq AND currency = $currency
    UNION ALL
    SELECT period, period_start, flow, value, growth_pct, source_id, source_title, source_url, published
    FROM quarters($as_of) WHERE $freq = 'Q' AND currency = $currency
),
chosen AS (
    SELECT * EXCLUDE (flow) FROM figures WHERE flow = $flow AND $quantity <> 'balance'
    UNION ALL
    SELECT exports.* EXCLUDE (flow) REPLACE (exports.value - imports.value AS value, NULL AS growth_pct)
    FROM figures AS exports JOIN figures AS imports USING (period)
    WHERE $quantity = 'balance' AND exports.flow = 'export' AND imports.flow = 'import'
),
step AS (
    SELECT to_months(CASE $freq WHEN 'A' THEN 12 WHEN 'Q' THEN 3 ELSE 1 END) AS length
),
compared AS (
    SELECT
        now.* EXCLUDE (growth_pct), before.value AS base_value, now.value - before.value AS change,
        CASE
            WHEN $vintage = 'published' AND $freq = 'Q' THEN now.growth_pct
            WHEN $vintage = 'published' THEN coalesce(now.growth_pct, 100 * (now.value / nullif(before.value, 0) - 1))
            ELSE 100 * (now.value / nullif(before.value, 0) - 1)
        END AS growth_pct
    FROM chosen AS now
    LEFT JOIN chosen AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
),
-- figures without growth cannot be compared with the mark and are left out
tested AS (
    SELECT
        *, if($quantity = 'growth', growth_pct, value / 1e9) > $mark AS met,
        coalesce(lag(period_start) OVER (ORDER BY period_start) <> period_start - length, true) AS gap
    FROM compared, step
    WHERE $quantity <> 'growth' OR growth_pct IS NOT NULL
),
runs AS (
    SELECT *, count(*) FILTER (WHERE NOT met OR gap) OVER (ORDER BY period_start) AS run_number FROM tested
)
SELECT
    period, period_start, value, base_value, change, growth_pct, met,
    if(met, count(*) FILTER (WHERE met) OVER (PARTITION BY run_number ORDER BY period_start), 0) AS run,
    met AND first_value(gap AND met) OVER (PARTITION BY run_number ORDER BY period_start) AS at_least,
    count(*) FILTER (WHERE met) OVER (PARTITION BY year(period_start) ORDER BY period_start) AS met_in_year,
    source_id, source_title, source_url, published
FROM runs
QUALIFY ($first IS NULL OR year(period_start) >= $first) AND ($last IS NULL OR year(period_start) <= $last)
ORDER BY period_start

/* ---
title = "Year-on-year growth"
unit = "%"
definition = "Change of the value of trade against the same period a year earlier."
formula = "X_t / X_{t-1y} - 1"
tex = '''g_t = \frac{X_t}{X_{t-1\mathrm{y}}} - 1'''
reference = "Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP ST/ESCAP/2559"
caveats = [
    "Growth in yuan and growth in dollars differ: the currency is always named.",
    "Published growth uses customs' revised base; growth between first releases does not. Both are shown.",
    "Values are in current prices: growth mixes price and quantity.",
]
uses = ["flow", "first", "last", "as_of", "currency:customs", "freq:customs"]

[parameters.join_jan_feb]
domain = "boolean"
default = false
only = { freq = ["M"] }
help = "Months only: January and February as one, because the Lunar New Year moves between them."
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND currency = $currency AND freq = $freq
),
january_february AS (
    SELECT
        february.* REPLACE (
            january.value + february.value AS value,
            january.first_value + february.first_value AS first_value,
            january.derived OR february.derived AS derived
        )
    FROM known AS january
    JOIN known AS february ON february.period_start = january.period_start + INTERVAL 1 MONTH
    WHERE $join_jan_feb AND $freq = 'M' AND month(january.period_start) = 1
),
chosen AS (
    SELECT *, 1 AS months FROM known WHERE NOT ($join_jan_feb AND $freq = 'M' AND month(period_start) <= 2)
    UNION ALL
    SELECT * REPLACE (NULL AS growth_pct), 2 AS months FROM january_february
)
SELECT
    now.period, now.period_start, now.months, now.value, now.growth_pct,
    100 * (now.value / nullif(before.value, 0) - 1) AS growth_computed_pct,
    100 * (now.first_value / nullif(before.first_value, 0) - 1) AS growth_first_pct,
    now.value / (1 + now.growth_pct / 100) AS revised_base,
    before.value AS base_value,
    now.first_value, now.first_published, now.derived, now.growth_source_title, now.source_id, now.source_title, now.source_url, now.published
FROM chosen AS now
LEFT JOIN chosen AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR AND before.months = now.months
WHERE in_span(now.period, $first, $last)
ORDER BY now.period

/* ---
title = "Consecutive years of growth"
unit = "years"
definition = "Length of the run of years with growth above zero that ends in each year."
formula = "length of the run of g > 0 that ends in t"
tex = '''r_t = \begin{cases} r_{t-1} + 1 & g_t > 0 \\ 0 & \text{else} \end{cases}'''
reference = "Statement of China Customs, 14 January 2026: ninth year of growth in a row"
caveats = [
    "The run depends on the currency and on the vintage of growth: published growth where a year has it, else growth between levels.",
]
uses = ["flow:total", "as_of", "currency:customs"]

[parameters.vintage]
domain = ["published", "first release", "levels"]
default = "published"
help = "Growth as published on the revised base, between first releases, or between the preferred levels."

[parameters.last]
domain = "period"
help = "Last year to count."
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND currency = $currency AND freq = 'A' AND ($last IS NULL OR period <= $last)
),
grown AS (
    SELECT
        now.*,
        CASE $vintage
            WHEN 'published' THEN coalesce(now.growth_pct, 100 * (now.value / nullif(before.value, 0) - 1))
            WHEN 'first release' THEN 100 * (now.first_value / nullif(before.first_value, 0) - 1)
            ELSE 100 * (now.value / nullif(before.value, 0) - 1)
        END AS growth,
        before.period IS NULL AS starts
    FROM known AS now
    LEFT JOIN known AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
),
runs AS (
    SELECT *, count(*) FILTER (WHERE starts OR growth IS NULL OR growth <= 0) OVER (ORDER BY period) AS run_number FROM grown
)
SELECT
    period, period_start, value, growth AS growth_pct,
    if(growth IS NULL, NULL, if(growth > 0, count(*) FILTER (WHERE growth > 0) OVER (PARTITION BY run_number ORDER BY period), 0)) AS run,
    growth > 0 AND first_value(starts OR growth IS NULL) OVER (PARTITION BY run_number ORDER BY period) AS at_least,
    source_id, source_title, source_url, published
FROM runs
ORDER BY period

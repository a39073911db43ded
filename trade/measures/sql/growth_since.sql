/* ---
title = "Growth since a base year"
unit = "%"
definition = "How much larger the value of trade is than in a base year: in per cent, in times, and as a constant yearly rate."
formula = "X_T / X_0 - 1; X_T / X_0; (X_T / X_0)^(1/(T-0)) - 1"
tex = '''\frac{X_T}{X_0} - 1, \qquad \left(\frac{X_T}{X_0}\right)^{1/T} - 1'''
reference = "WITS (World Integrated Trade Solution), Trade Outcomes indicators: growth"
caveats = [
    "Statements that compare with a year long past use its revised figure: vintage=revised takes the base that the following year's published growth implies, good to about 0.05% of it.",
    "`times` is the increase in multiples of the base: 223 times larger is 224 times as large.",
    "Values are in current prices; growth in yuan and in dollars differ.",
]
uses = ["flow:total", "as_of", "currency:customs", "last:year"]

[parameters.base]
domain = "year"
default = 2020
help = "Base year."

[parameters.vintage]
domain = ["levels", "first release", "revised"]
default = "levels"
help = "Preferred levels, first releases, or the base as the next year's published growth implies it."
--- */
WITH known AS (
    SELECT *, if($vintage = 'first release', first_value, value) AS shown FROM totals($as_of)
    WHERE flow = $flow AND currency = $currency AND freq = 'A'
),
base AS (
    SELECT known.period AS base_period, year(known.period_start) AS base_year, known.source_id AS base_source,
        if($vintage = 'revised', coalesce(following.value / (1 + following.growth_pct / 100), known.shown), known.shown) AS base_value,
        -- half of the last printed digit of the base; for a base computed from growth, the rounding of value and rate
        if($vintage = 'revised' AND following.growth_pct IS NOT NULL,
            (following.half_width + 0.0005 * following.value / (1 + following.growth_pct / 100)) / (1 + following.growth_pct / 100),
            known.half_width) AS base_half
    FROM known
    LEFT JOIN known AS following ON following.period_start = known.period_start + INTERVAL 1 YEAR
    WHERE year(known.period_start) = $base
)
SELECT
    period, period_start, base_period, shown AS value, base_value, shown - base_value AS change,
    100 * (shown / base_value - 1) AS growth_pct, shown / base_value - 1 AS times,
    100 * ((shown - half_width) / (base_value + base_half) - 1) AS growth_low_pct,
    100 * ((shown + half_width) / (base_value - base_half) - 1) AS growth_high_pct,
    growth_low_pct / 100 AS times_low, growth_high_pct / 100 AS times_high,
    100 * (pow(shown / base_value, 1.0 / (year(period_start) - base_year)) - 1) AS cagr_pct,
    if(source_id = base_source, source_id, source_id || ' ' || base_source) AS source_id, source_title, source_url, published
FROM known, base
WHERE year(period_start) > base_year AND ($last IS NULL OR year(period_start) <= $last)
ORDER BY period

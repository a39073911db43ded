/* ---
title = "Base effect"
unit = "percentage points"
definition = "How the months of the year before affect this year's growth: a month that rose unusually a year ago lowers growth now by as much."
formula = "b_t = -(A_{t-1y} / A_{t-1y-1m} - 1), with A the seasonally adjusted months"
tex = '''b_t = -\left(\frac{A_{t-12}}{A_{t-13}} - 1\right)'''
reference = "Usage of the European Central Bank (Monthly Bulletin, boxes on base effects); seasonal adjustment as in the measure seasonally_adjusted"
caveats = [
    "A base effect moves the growth rate from one month to the next; it says nothing on the level of trade.",
    "Seasonal factors are estimated, and the newest change with every new month.",
    "January and February share one adjusted level: the effect of both is shown in January.",
]
model = "base_effect"
uses = ["flow"]

[parameters.year]
domain = "year"
default = 2026
help = "The year whose growth is analysed."
--- */
WITH known AS (
    FROM total_trade WHERE flow = $flow AND freq = 'M' AND currency = 'USD'
)
SELECT known.period, known.period_start, value, value AS value_usd, derived, source_id, growth.growth_pct
FROM known
LEFT JOIN (
    SELECT now.period, 100 * (now.value / nullif(before.value, 0) - 1) AS growth_pct
    FROM known AS now
    JOIN known AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
) AS growth USING (period)
ORDER BY known.period_start

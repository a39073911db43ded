/* ---
title = "Quarterly trade"
unit = "value"
definition = "The value of trade in a quarter, as the difference of two cumulative figures, and its change on a year earlier."
formula = "Q_q = C_q - C_{q-1}, with C_q the value from January to the end of quarter q"
tex = '''Q_q = C_q - C_{q-1}, \qquad C_q = \sum_{m=1}^{3q} X_m'''
reference = "IMF Quarterly National Accounts Manual 2017, ch. 2 (quarters from cumulative data)"
caveats = [
    "Each cumulative figure has the vintage of its day, so a quarter carries the revisions of the months before it.",
    "Where a cumulative figure is not available it is implied by the next year's growth: `implied` says so.",
    "Published growth is that of the two cumulative rates on customs' revised bases; growth between levels is shown beside it.",
]
uses = ["flow:total", "as_of", "currency:customs", "first:year", "last:year"]
--- */
WITH known AS (
    SELECT * FROM quarters($as_of) WHERE flow = $flow AND currency = $currency
)
SELECT
    now.period, now.period_start, now.value, now.half_width, now.growth_pct,
    100 * (now.value / nullif(before.value, 0) - 1) AS growth_computed_pct, before.value AS base_value, now.implied,
    now.source_id, now.source_title, now.source_url, now.published
FROM known AS now
LEFT JOIN known AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
WHERE ($first IS NULL OR year(now.period_start) >= $first) AND ($last IS NULL OR year(now.period_start) <= $last)
ORDER BY now.period

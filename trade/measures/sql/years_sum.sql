/* ---
title = "Sum over several years"
unit = "value"
definition = "China's trade summed over the years from the first to the last, and the mean of a year."
formula = "S = X_first + ... + X_last; mean = S / N"
tex = '''S = \sum_{t=t_0}^{T} X_t, \qquad \bar{X} = \frac{S}{T - t_0 + 1}'''
reference = "Usage of China's five-year plans (sums over 2021-2025)"
caveats = [
    "A span with a missing year is missing, never a smaller sum.",
    "vintage=revised takes each year as the next year's growth implies it; the last year, which has no next, stays as released.",
]
uses = ["flow:total", "as_of", "currency:customs"]

[parameters.first]
domain = "year"
default = 2021
help = "First year of the sum."

[parameters.last]
domain = "year"
default = 2025
help = "Last year of the sum."

[parameters.vintage]
domain = ["levels", "first release", "revised"]
default = "levels"
help = "Preferred levels, first releases, or each year on the base that the next year's published growth implies."
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND currency = $currency AND freq = 'A'
),
years AS (
    SELECT
        now.period, now.source_id, now.published,
        CASE $vintage
            WHEN 'first release' THEN now.first_value
            WHEN 'revised' THEN coalesce(following.value / (1 + following.growth_pct / 100), now.value)
            ELSE now.value
        END AS value,
        if($vintage = 'revised' AND following.growth_pct IS NOT NULL,
            (following.half_width + 0.0005 * following.value / (1 + following.growth_pct / 100)) / (1 + following.growth_pct / 100),
            now.half_width) AS half_width
    FROM known AS now
    LEFT JOIN known AS following ON following.period_start = now.period_start + INTERVAL 1 YEAR
    WHERE year(now.period_start) BETWEEN $first AND $last
)
SELECT
    $first || '/' || $last AS period, count(*) AS years, sum(value) AS value, avg(value) AS mean,
    sum(half_width) AS half_width, avg(half_width) AS mean_half_width,
    string_agg(DISTINCT source_id, ' ' ORDER BY source_id) AS source_id, max(published) AS published
FROM years
HAVING count(value) = $last - $first + 1

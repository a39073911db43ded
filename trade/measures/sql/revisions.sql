/* ---
title = "Revision since the first release"
unit = "%"
definition = "Change of a figure between its first release and its newest: as published again, or as the growth published a year later implies it."
formula = "r = X_latest / X_first - 1; implied: X_latest = X_{t+1y} / (1 + g_{t+1y})"
tex = '''r_t = \frac{X_t^{\mathrm{latest}}}{X_t^{\mathrm{first}}} - 1, \qquad X_t^{\mathrm{implied}} = \frac{X_{t+1\mathrm{y}}}{1 + g_{t+1\mathrm{y}}}'''
reference = "OECD and Eurostat, Guidelines on Revisions Policy and Analysis; growth as published by the General Administration of Customs"
caveats = [
    "Customs does not publish its revised figures in one place: most follow from the growth published a year later, which is rounded to 0.1 point.",
    "rounding_pct is how much of the revision rounding alone may make; a revision within it cannot be distinguished from none.",
    "The first release is the earliest figure collected within four months of the period, which may not be the earliest that was printed.",
]
uses = ["flow:total", "first", "last", "currency:customs", "freq:customs"]
--- */
WITH known AS (
    SELECT * FROM total_figure
    WHERE authority < 5 AND flow = $flow AND currency = $currency AND freq = $freq
),
-- the most precise figure of the earliest day, if it was published within four months after the start of the period (for
-- years, 15 months). Later figures, and rounded ones of fewer than four digits from the press, are not first releases.
first_release AS (
    SELECT period, period_start, value AS first_value, half_width AS first_half_width, published AS first_published, source_id AS first_source
    FROM known
    WHERE half_width <= 0.0005 * abs(value) AND authority <> 3 AND left(published, 7) <= strftime(
            period_start + if($freq = 'A', INTERVAL 15 MONTH, INTERVAL 4 MONTH), '%Y-%m'
        )
    QUALIFY row_number() OVER (PARTITION BY period ORDER BY published, half_width, authority, source_title) = 1
),
republished AS (
    SELECT known.period, value AS latest_value, half_width AS latest_half_width, published, source_id, source_title, source_url, 'published' AS basis
    FROM known
    JOIN first_release USING (period)
    WHERE value IS NOT NULL AND authority <= 3 AND left(published, 7) > left(first_published, 7)
    QUALIFY row_number() OVER (PARTITION BY known.period ORDER BY authority = 3 DESC, published DESC, half_width, authority) = 1
),
implied AS (
    SELECT
        first_release.period, later.value / (1 + growth.growth_pct / 100) AS latest_value,
        later.value / (1 + growth.growth_pct / 100) * (later.half_width / later.value + 0.05 / (100 + growth.growth_pct)) AS latest_half_width,
        growth.published, growth.source_id, growth.source_title, growth.source_url, 'implied' AS basis
    FROM first_release
    JOIN (
        FROM known WHERE growth_pct IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY period ORDER BY authority, published, source_title) = 1
    ) AS growth ON growth.period_start = first_release.period_start + INTERVAL 1 YEAR
    JOIN (
        FROM known WHERE value IS NOT NULL AND authority <> 3
        QUALIFY row_number() OVER (PARTITION BY period ORDER BY authority <= 2 DESC, half_width, authority, published, source_title) = 1
    ) AS later ON later.period = growth.period
),
latest AS (
    FROM (FROM implied UNION ALL FROM republished)
    QUALIFY row_number() OVER (PARTITION BY period ORDER BY published DESC, basis = 'published' DESC) = 1
)
SELECT
    period, period_start, first_value, first_published, latest_value, latest.published, basis,
    if(told, 100 * (latest_value / first_value - 1), NULL) AS revision_pct,
    100 * (first_half_width / first_value + latest_half_width / latest_value) AS rounding_pct,
    told,
    if(latest.source_id = first_source, first_source, first_source || ' ' || latest.source_id) AS source_id, source_title, source_url
FROM first_release
JOIN latest USING (period)
CROSS JOIN LATERAL (SELECT abs(latest_value / first_value - 1) > first_half_width / first_value + latest_half_width / latest_value AS told)
WHERE in_span(period, $first, $last)
ORDER BY period

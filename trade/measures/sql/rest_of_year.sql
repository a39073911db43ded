/* ---
title = "The rest of the year"
unit = "%"
definition = "Growth of a whole year that follows from the months with figures and an assumption about the remaining ones."
formula = "G = (sum of known months + sum over the rest of X_{m,t-1} (1 + r)) / X_{t-1} - 1"
tex = '''G = \frac{\sum_{i \le m} X_{i,t} + (1 + r) \sum_{i > m} X_{i,t-1}}{X_{t-1}} - 1'''
reference = "Arithmetic of annual growth; Toedter 2011, Review of Economics 62(2), on carry-over and year-on-year rates"
caveats = [
    "Arithmetic on stated assumptions, never a forecast.",
    "Bases are the months of the year before as customs' cumulative figures imply them: base effects are in them. A high base makes the same amount a lower growth.",
    "asked is the growth that you gave; unchanged repeats the months of the year before; pace goes on with the growth so far.",
]
uses = ["flow", "year"]

[parameters.currency]
domain = ["CNY", "USD"]
default = "USD"
help = "Currency of the customs figures."
[parameters.rest]
domain = "number"
default = 5
minimum = -100
maximum = 200
help = "Growth of the remaining months on the same months a year earlier, percent."
--- */
WITH known AS (
    FROM total_trade WHERE flow = $flow AND currency = $currency
),
so_far AS (
    SELECT *, coalesce(value / nullif(1 + growth_pct / 100, 0), NULL) AS implied_base FROM known
    WHERE freq = 'YTD' AND left(period, 4) = CAST($year AS VARCHAR) AND right(period, 2) < '12'
    ORDER BY period DESC
    LIMIT 1
),
former AS (
    SELECT period, value, source_id FROM known WHERE freq = 'YTD' AND left(period, 4) = CAST($year - 1 AS VARCHAR)
),
whole AS (
    SELECT value, source_id FROM known WHERE freq = 'A' AND period = CAST($year - 1 AS VARCHAR)
    UNION ALL
    SELECT value, source_id FROM former WHERE right(period, 2) = '12'
    LIMIT 1
),
base AS (
    SELECT
        so_far.period, so_far.value AS so_far, so_far.published,
        coalesce(former.value, so_far.implied_base) AS base_so_far, whole.value AS base_year,
        list_reduce(list_distinct([so_far.source_id, whole.source_id]), lambda a, b: a || ' ' || b) AS source_id
    FROM so_far
    CROSS JOIN whole
    LEFT JOIN former ON right(former.period, 2) = right(so_far.period, 2)
),
cases AS (
    SELECT 'unchanged' AS assumption, 0.0 AS rest_pct, 1 AS position FROM base
    UNION ALL
    SELECT 'asked', CAST($rest AS DOUBLE), 2 FROM base
    UNION ALL
    SELECT 'pace', 100 * (so_far / base_so_far - 1), 3 FROM base
)
SELECT
    CAST($year AS VARCHAR) AS period, base.period AS known_to, assumption, rest_pct, so_far, base_so_far,
    100 * (so_far / base_so_far - 1) AS so_far_growth_pct, (base_year - base_so_far) AS base_rest, (base_year - base_so_far) * (1 + rest_pct / 100) AS rest_value,
    so_far + (base_year - base_so_far) * (1 + rest_pct / 100) AS value, base_year AS base_value,
    100 * ((so_far + (base_year - base_so_far) * (1 + rest_pct / 100)) / base_year - 1) AS growth_pct, base.published, source_id
FROM cases, base
ORDER BY position

/* ---
title = "Gini coefficient of markets"
unit = "index, 0 to 1"
definition = "Twice the area between the Lorenz curve of trade over markets and the line of equal markets."
formula = "G = 2 sum_i i X_(i) / (N sum X) - (N + 1) / N, markets from the smallest to the largest"
tex = '''G = \frac{2\sum_{i=1}^{N} i\,X_{(i)}}{N\sum_i X_{(i)}} - \frac{N+1}{N}'''
reference = "Gini 1912, Variabilita e mutabilita; Cowell 2011, Measuring Inequality, Oxford University Press"
caveats = [
    "N is the number of markets on the list: ever active in the span shown (it is constant), or active in the period. Zero markets raise the coefficient.",
    "The largest value for N markets is 1 - 1/N.",
]
uses = [
    "reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated",
    "threshold", "list", "first", "last",
]
--- */
WITH ordered AS (
    SELECT *, row_number() OVER (PARTITION BY period ORDER BY value, market) AS place
    FROM market_cells($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated, $first, $last, $threshold, $list)
)
SELECT
    period, any_value(period_start) AS period_start,
    greatest(0, 2 * sum(place * value) / (count(*) * sum(value)) - (count(*) + 1) / count(*)) AS gini,
    count(*) AS markets, count(*) FILTER (value > 0) AS trading_markets, sum(value) AS total,
    any_value(currency) AS currency, any_value(quality) AS quality, any_value(source_id) AS source_id
FROM ordered
GROUP BY period
HAVING sum(value) > 0
ORDER BY period

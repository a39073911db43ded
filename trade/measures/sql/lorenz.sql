/* ---
title = "Lorenz curve of markets"
unit = "%"
definition = "The share of trade that the smallest markets hold together, for every share of markets, in one period."
formula = "L(i/N) = sum of the i smallest X_(j) / X"
tex = '''L\!\left(\tfrac{i}{N}\right) = \frac{\sum_{j \le i} X_{(j)}}{\sum_{j} X_{(j)}}'''
reference = "Lorenz 1905, Methods of Measuring the Concentration of Wealth, Publications of the American Statistical Association 9(70)"
caveats = ["Markets on the list without trade in the period form the flat foot of the curve."]
uses = [
    "reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated",
    "threshold", "list",
]

[parameters.period]
domain = "period"
help = "Period of the curve; default: the newest. A year, for months, is its last month."

[parameters.list]
default = "active"

[parameters.first]
domain = "period"
help = "First period of the span in which list=ever looks for markets."

[parameters.last]
domain = "period"
help = "Last period of that span."

[names]
name = { code = "market", of = ["economy", "group"] }
--- */
WITH cells AS MATERIALIZED (
    SELECT * FROM market_cells($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated, $first, $last, $threshold, $list)
),
ordered AS (
    SELECT *, row_number() OVER (ORDER BY value, market) AS place, count(*) OVER () AS markets, sum(value) OVER () AS total
    FROM cells
    WHERE period = (SELECT max(period) FROM cells WHERE in_span(period, $period, $period))
),
points AS (
    SELECT
        period, period_start, place, market, continent, value, 100 * place / markets AS markets_pct,
        100 * sum(value) OVER (ORDER BY place) / nullif(total, 0) AS value_pct, markets, currency, quality, source_id
    FROM ordered
)
SELECT
    period, any_value(period_start) AS period_start, 0 AS place, NULL AS market, NULL AS continent,
    NULL AS value, 0.0 AS markets_pct, 0.0 AS value_pct, any_value(markets) AS markets, any_value(currency) AS currency,
    any_value(quality) AS quality, any_value(source_id) AS source_id
FROM points
GROUP BY period
UNION ALL BY NAME
SELECT * FROM points
ORDER BY place

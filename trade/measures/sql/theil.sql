/* ---
title = "Theil index of markets, between and within continents"
unit = "nats"
definition = "How unevenly trade is spread over N markets, split into unevenness between continents and within them; 0 is an even spread, ln N a single market."
formula = "T = (1/N) sum_j (X_j/mu) ln(X_j/mu) = sum_g S_g ln(S_g N / N_g) + sum_g S_g T_g"
tex = '''T = \frac1N \sum_j \frac{X_j}{\mu} \ln\frac{X_j}{\mu} = \underbrace{\sum_g S_g \ln\frac{S_g N}{N_g}}_{\text{between}} + \underbrace{\sum_g S_g T_g}_{\text{within}}'''
reference = "Cadot, Carrere & Strauss-Kahn 2011, Export Diversification: What's Behind the Hump?, Review of Economics and Statistics 93(2)"
caveats = [
    "0 ln 0 is 0: a market without trade in a period counts in N.",
    "N is the number of markets on the list: ever active in the span shown (it is constant), or active in the period.",
    "Continents are the five of the official statement; markets on none of them (Antarctica, unallocated) form a group of their own.",
]
uses = [
    "reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated",
    "threshold", "list", "first", "last",
]
--- */
WITH groups AS (
    SELECT
        period, continent, any_value(period_start) AS period_start, count(*) AS markets, sum(value) AS value,
        sum(if(value > 0, value * ln(value), 0)) AS value_ln_value,
        any_value(currency) AS currency, any_value(quality) AS quality, any_value(source_id) AS source_id
    FROM market_cells($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated, $first, $last, $threshold, $list)
    GROUP BY period, continent
),
totals AS (
    SELECT
        period, sum(markets) AS all_markets, sum(value) AS total, sum(value_ln_value) / sum(value) - ln(sum(value) / sum(markets)) AS theil
    FROM groups
    GROUP BY period
    HAVING sum(value) > 0
),
parts AS (
    SELECT
        groups.*, all_markets, total, theil,
        if(value > 0, value / total * ln(value / total * all_markets / markets), 0) AS between_part,
        if(value > 0, value / total * (value_ln_value / value - ln(value / markets)), 0) AS within_part
    FROM groups JOIN totals USING (period)
)
SELECT
    period, any_value(period_start) AS period_start, any_value(theil) AS theil, sum(between_part) AS between_continents,
    sum(within_part) AS within_continents, 100 * sum(between_part) / nullif(any_value(theil), 0) AS between_share_pct,
    any_value(all_markets)::BIGINT AS markets, any_value(currency) AS currency, any_value(quality) AS quality,
    any_value(source_id) AS source_id
FROM parts
GROUP BY period
ORDER BY period

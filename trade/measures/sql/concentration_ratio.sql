/* ---
title = "Share of the largest markets"
unit = "%"
definition = "Concentration ratio: the joint share of the k largest markets of each period."
formula = "CR_k = sum of the k largest s_j"
tex = '''CR_k = \sum_{j=1}^{k} s_{(j)}, \qquad s_{(1)} \ge s_{(2)} \ge \dots'''
reference = "Curry & George 1983, Industrial Concentration: A Survey, Journal of Industrial Economics 31(3)"
caveats = [
    "The k largest are chosen again in each period: the ratio does not follow the same markets.",
    "of=total divides by all trade, as official statements do; of=markets by the markets that the switches leave in.",
]
uses = ["reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated", "first", "last", "of"]

[parameters.top]
domain = "integer"
default = 5
minimum = 1
maximum = 50
help = "Number of largest markets, k."
--- */
WITH ordered AS (
    SELECT
        *, if($of = 'total', whole, sum(value) OVER (PARTITION BY period)) AS total,
        row_number() OVER (PARTITION BY period ORDER BY value DESC, market) AS place
    FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
    WHERE in_span(period, $first, $last)
)
SELECT
    period, any_value(period_start) AS period_start, 100 * sum(value) FILTER (place <= $top) / nullif(any_value(total), 0) AS share_pct,
    $top AS top, sum(value) FILTER (place <= $top) AS value, any_value(total) AS total,
    string_agg(market, ' ' ORDER BY place) FILTER (place <= $top) AS largest, count(*) FILTER (value > 0) AS markets,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM ordered
GROUP BY period
ORDER BY period

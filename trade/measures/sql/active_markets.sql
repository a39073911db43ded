/* ---
title = "Active markets"
unit = "markets"
definition = "Number of markets whose trade with the reporter exceeds a threshold."
formula = "count of j with X_j > threshold"
tex = '''N_{\mathrm{act}} = \#\{\,j : X_j > \theta\,\}'''
reference = "WITS indicator metadata: number of partners; statement of China Customs, 14 January 2026 (249, 137, 62 and 14 partners)"
caveats = [
    "The threshold is in full units of the currency.",
    "A partner list includes territories and Antarctica: markets are not states.",
    "The lists of the sources differ in length: China's history has about 200 partners to 2020, 170 in 2021 (exports), 214 in 2022 (exports), 250 from 2023.",
]
uses = ["reporter", "dataset", "flow:total", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated", "threshold", "first", "last"]

[parameters.by]
domain = ["world", "continent"]
default = "world"
help = "One count, or one for each of the five continents beside it."
--- */
WITH known AS (
    SELECT *, unnest(if($by = 'continent', ['world', coalesce(continent, 'none')], ['world'])) AS place
    FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
    WHERE in_span(period, $first, $last)
)
SELECT
    period, any_value(period_start) AS period_start, place AS continent, count(*) FILTER (value > $threshold) AS active_markets,
    count(*) AS listed_markets, $threshold AS threshold, sum(value) FILTER (value > $threshold) AS value,
    100 * sum(value) FILTER (value > $threshold) / nullif(any_value(whole), 0) AS share_pct,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM known
GROUP BY period, place
ORDER BY period, place <> 'world', place

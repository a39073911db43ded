/* ---
title = "Concentration of markets (HHI)"
unit = "index, 0 to 1"
definition = "Herfindahl-Hirschman index: the sum of the squared shares of all markets; 1 is a single market, 1/N is N equal ones."
formula = "sum_j s_j^2"
tex = '''H = \sum_j s_j^2'''
reference = "Hirschman 1964, The Paternity of an Index, American Economic Review 54(5); WITS indicator metadata"
caveats = [
    "Shares are of the markets that the switches leave in, so that they sum to one.",
    "The EU as one market or as its members changes the level a good deal.",
    "Values of 2021 (China's exports) are mostly partners' reports and cover fewer markets.",
]
uses = [
    "reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated", "first",
    "last",
]
--- */
SELECT
    period, any_value(period_start) AS period_start, sum(power(value, 2)) / nullif(power(sum(value), 2), 0) AS hhi,
    count(*) FILTER (value > 0) AS markets, sum(value) AS total, arg_max(market, value) AS largest,
    100 * max(value) / nullif(sum(value), 0) AS largest_share_pct,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
WHERE in_span(period, $first, $last)
GROUP BY period
ORDER BY period

/* ---
title = "Effective number of markets"
unit = "markets"
definition = "The number of markets of equal size that would be just as concentrated: one divided by the HHI."
formula = "1 / sum_j s_j^2"
tex = '''N_{\mathrm{eff}} = \frac{1}{\sum_j s_j^2}'''
reference = "Laakso & Taagepera 1979, 'Effective' Number of Parties, Comparative Political Studies 12(1)"
caveats = [
    "Large markets weigh most: it says little about the many small ones, whose number is shown beside it.",
    "The EU as one market or as its members changes the level a good deal.",
]
uses = [
    "reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated", "first",
    "last",
]
--- */
SELECT
    period, any_value(period_start) AS period_start, power(sum(value), 2) / nullif(sum(power(value, 2)), 0) AS effective_markets,
    count(*) FILTER (value > 0) AS markets, sum(power(value, 2)) / nullif(power(sum(value), 2), 0) AS hhi, sum(value) AS total,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
WHERE in_span(period, $first, $last)
GROUP BY period
ORDER BY period

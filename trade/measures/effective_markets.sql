/* ---
title = "Effective number of markets"
unit = "markets"
definition = "As many markets of equal size as would be just as concentrated: one divided by the HHI."
formula = "1 / sum_j s_j^2"
tex = '''N_{\mathrm{eff}} = \frac{1}{\sum_j s_j^2}'''
reference = "Laakso & Taagepera 1979, 'Effective' Number of Parties, Comparative Political Studies 12(1)"
caveats = [
    "Large markets weigh most: it says little about the many small ones, whose number stands beside it.",
    "The EU as one market or as its members changes the level a good deal.",
]

[parameters.reporter]
domain = "economy"
default = "CHN"
help = "Economy whose trade is meant."
[parameters.dataset]
domain = ["auto", "customs", "matrix"]
default = "auto"
help = "customs: China's own figures; matrix: the world's bilateral exports (any reporter); auto: customs for CHN, else matrix."
[parameters.flow]
domain = ["export", "import", "total"]
default = "export"
help = "Direction of the reporter's trade; total is exports plus imports."
[parameters.freq]
domain = ["A", "M", "YTD"]
default = "A"
help = "Years, months, or January to the month; months for China only."
[parameters.currency]
domain = ["auto", "CNY", "USD"]
default = "auto"
help = "auto: dollars for years, yuan for months. The matrix is in dollars; China's years are in yuan from 2023."
[parameters.eu]
domain = ["members", "one"]
default = "members"
help = "The European Union as its members or as one market: its members at the end of each period."
[parameters.hong_kong_macao]
domain = ["in", "out"]
default = "in"
help = "Hong Kong and Macao as markets, or left out."
[parameters.reimports]
domain = ["out", "in"]
default = "out"
help = "The reporter as its own partner (China's re-imports of Chinese goods), left out or in."
[parameters.unallocated]
domain = ["out", "in"]
default = "out"
help = "Trade that names no economy (not specified, other Asia ...), left out or in."
[parameters.first]
domain = "period"
help = "First period to show."
[parameters.last]
domain = "period"
help = "Last period to show."
--- */
SELECT
    period, any_value(period_start) AS period_start, power(sum(value), 2) / nullif(sum(power(value, 2)), 0) AS effective_markets,
    count(*) FILTER (value > 0) AS markets, sum(power(value, 2)) / nullif(power(sum(value), 2), 0) AS hhi, sum(value) AS total,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
WHERE in_span(period, $first, $last)
GROUP BY period
ORDER BY period

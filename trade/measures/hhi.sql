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
    "Values of 2021 and 2022 (China's exports) are partners' reports and cover fewer markets.",
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
    period, any_value(period_start) AS period_start, sum(power(value, 2)) / nullif(power(sum(value), 2), 0) AS hhi,
    count(*) FILTER (value > 0) AS markets, sum(value) AS total, arg_max(market, value) AS largest,
    100 * max(value) / nullif(sum(value), 0) AS largest_share_pct,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
WHERE in_span(period, $first, $last)
GROUP BY period
ORDER BY period

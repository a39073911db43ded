/* ---
title = "Normalised concentration of markets"
unit = "index, 0 to 1"
definition = "The HHI rescaled so that N equal markets give 0 and a single one gives 1, in the two forms that bear this name."
formula = "linear: (H - 1/N) / (1 - 1/N); UNCTAD: (sqrt(H) - sqrt(1/N)) / (1 - sqrt(1/N))"
tex = '''H^{*} = \frac{H - 1/N}{1 - 1/N}, \qquad H^{*}_{\mathrm{UNCTAD}} = \frac{\sqrt H - \sqrt{1/N}}{1 - \sqrt{1/N}}'''
reference = "UNCTADstat, Concentration and diversification indices: methodology; Hirschman 1964"
caveats = [
    "Two normalisations bear one name: normalised_hhi is the linear form, normalised_hhi_unctad the one with square roots.",
    "N must not move over time: list=ever holds it still; with list=active it follows the number of active markets.",
    "UNCTAD publishes its index for products; here it is over markets.",
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
[parameters.threshold]
domain = "number"
default = 0
minimum = 0
help = "A market is active above this value, in full units of the currency."
[parameters.list]
domain = ["ever", "active"]
default = "ever"
help = "Markets that count: ever active in the span shown (their number N does not move), or active in the period itself."
[parameters.first]
domain = "period"
help = "First period to show."
[parameters.last]
domain = "period"
help = "Last period to show."
--- */
WITH indices AS (
    SELECT
        period, any_value(period_start) AS period_start, sum(power(value, 2)) / nullif(power(sum(value), 2), 0) AS hhi, count(*) AS markets,
        any_value(currency) AS currency, any_value(quality) AS quality, any_value(source_id) AS source_id
    FROM market_cells($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated, $first, $last, $threshold, $list)
    GROUP BY period
)
SELECT
    period, period_start, (hhi - 1 / markets) / nullif(1 - 1 / markets, 0) AS normalised_hhi,
    (sqrt(hhi) - sqrt(1 / markets)) / nullif(1 - sqrt(1 / markets), 0) AS normalised_hhi_unctad,
    hhi, markets, currency, quality, source_id
FROM indices
ORDER BY period

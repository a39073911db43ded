/* ---
title = "Normalised concentration of markets"
unit = "index, 0 to 1"
definition = "The HHI rescaled so that N equal markets give 0 and a single one gives 1, in the two forms with this name."
formula = "linear: (H - 1/N) / (1 - 1/N); UNCTAD: (sqrt(H) - sqrt(1/N)) / (1 - sqrt(1/N))"
tex = '''H^{*} = \frac{H - 1/N}{1 - 1/N}, \qquad H^{*}_{\mathrm{UNCTAD}} = \frac{\sqrt H - \sqrt{1/N}}{1 - \sqrt{1/N}}'''
reference = "UNCTADstat, Concentration and diversification indices: methodology; Hirschman 1964"
caveats = [
    "Two normalisations have the same name: normalised_hhi is the linear form, normalised_hhi_unctad the one with square roots.",
    "N must be constant over time: list=ever fixes it; with list=active it follows the number of active markets.",
    "UNCTAD publishes its index for products; here it is over markets.",
]
uses = [
    "reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated",
    "threshold", "list", "first", "last",
]
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

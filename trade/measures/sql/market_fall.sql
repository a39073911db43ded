/* ---
title = "Fall of one market"
unit = "%"
definition = "What the total, its growth and its concentration would be if trade with one market fell by a given part, all others unchanged but for what they take over."
formula = "effect = -f (1 - e) s_j; total' = X - f (1 - e) X_j; others' = others + e f X_j"
tex = '''\Delta_j = -f\,(1-e)\,s_j, \qquad X' = X - f\,(1-e)\,X_j'''
reference = "Miller 1974, The Jackknife: A Review, Biometrika 61(1): with f = 1 the market is left out"
caveats = [
    "Arithmetic, not a forecast: fall and diversion are assumptions, chosen by the user.",
    "Shares and totals are of all trade of the reporter, also with what the switches leave out; the effective number is of the markets.",
    "What is sold elsewhere is spread over the other markets in proportion to their value.",
    "Growth compares the tables as first published, and is missing where there is no period a year earlier or it is of different quality or source (`break` says which).",
]
uses = ["reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated"]

[parameters.period]
domain = "period"
help = "Period; default: the newest. A year, for months, is its last month."

[parameters.market]
domain = "economy"
help = "Only this market; default every market, the largest loss first."

[parameters.fall]
domain = "number"
default = 20
minimum = 0
maximum = 100
help = "By how many per cent trade with the market falls."

[parameters.elsewhere]
domain = "number"
default = 0
minimum = 0
maximum = 100
help = "How many per cent of what is lost is sold (or bought) in other markets instead."

[names]
name = { code = "market", of = ["economy", "group"] }
--- */
WITH known AS MATERIALIZED (
    SELECT * FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
),
asked AS (
    SELECT max(period) AS period, max(period_start) AS period_start FROM known WHERE in_span(period, $period, $period)
),
former AS (
    SELECT any_value(whole) AS total_before, any_value(partial) AS former_partial, any_value(table_sources) AS former_sources FROM known JOIN asked ON known.period_start = asked.period_start - INTERVAL 1 YEAR
),
chosen AS (
    SELECT *, whole AS total, sum(value) OVER () AS markets_total, sum(power(value, 2)) OVER () AS squares
    FROM known
    WHERE period = (SELECT period FROM asked)
),
fallen AS (
    SELECT
        chosen.*, if(break IS NULL, total_before, NULL) AS total_before, break, $fall / 100 * value AS cut, $elsewhere / 100 * $fall / 100 * value AS diverted,
        1 + $elsewhere / 100 * $fall / 100 * value / nullif(markets_total - value, 0) AS others_factor
    FROM chosen, former
    CROSS JOIN LATERAL (SELECT table_break(partial, former_partial, table_sources, former_sources) AS break)
),
afterwards AS (
    SELECT
        *, cut - diverted AS lost_value, total - cut + diverted AS total_after, squares / nullif(power(markets_total, 2), 0) AS hhi,
        (greatest(0, squares - power(value, 2)) * power(others_factor, 2) + power(value - cut, 2)) / nullif(power(markets_total - cut + diverted, 2), 0) AS hhi_after
    FROM fallen
)
SELECT
    dense_rank() OVER (ORDER BY lost_value DESC) AS rank, period, period_start, market, continent,
    value, 100 * value / nullif(total, 0) AS share_pct, lost_value, -100 * lost_value / nullif(total, 0) AS effect_pct,
    total, total_after, 100 * (total / nullif(total_before, 0) - 1) AS total_growth_pct,
    100 * (total_after / nullif(total_before, 0) - 1) AS growth_after_pct,
    1 / nullif(hhi, 0) AS effective_markets, 1 / nullif(hhi_after, 0) AS effective_after, break, currency, quality, source_id
FROM afterwards
QUALIFY $market IS NULL OR market = $market
ORDER BY rank, value DESC, market

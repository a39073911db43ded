/* ---
title = "Compound annual growth rate"
unit = "%"
definition = "The constant yearly growth that leads from the first year's value to the last year's, with the actual path."
formula = "(X_T / X_0)^(1 / (T - 0)) - 1"
tex = '''\bar g = \left(\frac{X_T}{X_0}\right)^{1/T} - 1'''
reference = "WITS (World Integrated Trade Solution), Trade Outcomes indicators: growth"
caveats = [
    "The rate depends on the first and the last year only: a low base year makes it high. The path is shown beside it.",
    "Between ends of different quality or source (`break` says which) there is no rate.",
    "Over two years and more China's own report compares with itself in another source (IMF or UN to 2022, customs' tables from 2023): they differ by less than 1.3%, by partner.",
    "Values are in current prices; growth in yuan and in dollars differ.",
    "Without a market, China's own total is the official one; elsewhere it is the sum of the markets, unallocated trade included.",
]
uses = ["reporter", "dataset", "flow"]

[parameters.currency]
domain = ["auto", "CNY", "USD"]
default = "auto"
help = "auto: dollars. The bilateral trade matrix is in dollars; China's partners are in yuan from 2023, its total from 1950."

[parameters.market]
domain = "economy"
help = "Only trade with this market; default all trade."

[parameters.first]
domain = "year"
help = "First year, the base; default: the first."

[parameters.last]
domain = "year"
help = "Last year; default: the newest."
--- */
WITH official AS (
    SELECT period, period_start, currency, value, 'reported' AS quality, source_id, false AS spliced
    FROM total_trade
    WHERE freq = 'A' AND flow = $flow AND currency = if($currency = 'auto', 'USD', $currency)
        AND $market IS NULL AND $reporter = 'CHN' AND $dataset IN ('auto', 'customs')
),
summed AS (
    SELECT period, any_value(period_start) AS period_start, any_value(currency) AS currency, sum(value) AS value,
        worst_quality(quality) AS quality, source_list(source_id) AS source_id, true AS spliced
    FROM markets($reporter, $dataset, $flow, 'A', $currency, 'members', 'in', 'in', 'in')
    WHERE ($market IS NULL AND ($reporter <> 'CHN' OR $dataset NOT IN ('auto', 'customs'))) OR market = $market
    GROUP BY period
),
path AS (
    SELECT *, CAST(period AS INTEGER) AS year FROM (FROM official UNION ALL FROM summed)
    WHERE value > 0 AND CAST(period AS INTEGER) BETWEEN coalesce($first, 0) AND coalesce($last, 9999)
),
ends AS (
    SELECT
        min(year) AS first_year, max(year) AS last_year, arg_min(value, year) AS first_value, arg_max(value, year) AS last_value,
        if(any_value(spliced),
            break_over(max(year) - min(year), arg_max(quality, year), arg_min(quality, year), arg_max(source_id, year), arg_min(source_id, year)), NULL) AS break,
        if(break IS NULL, 100 * (power(arg_max(value, year) / arg_min(value, year), 1 / nullif(max(year) - min(year), 0)) - 1), NULL) AS cagr_pct
    FROM path
    HAVING min(year) = coalesce($first, min(year)) AND max(year) = coalesce($last, max(year))
)
SELECT
    path.period, path.period_start, path.value, first_value * power(1 + cagr_pct / 100, path.year - first_year) AS constant_growth_value,
    if(path.spliced AND break_between(path.quality, before.quality, path.source_id, before.source_id) IS NOT NULL, NULL,
        100 * (path.value / before.value - 1)) AS growth_pct,
    cagr_pct, first_year, last_year, last_year - first_year AS years, break, path.currency, path.quality, path.source_id
FROM path
CROSS JOIN ends
LEFT JOIN path AS before ON before.year = path.year - 1
ORDER BY path.period

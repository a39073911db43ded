/* ---
title = "Trade with a partner"
unit = "value"
definition = "China's trade with one partner, an economy or a group: value, growth, rank among all partners, share of all trade, and the points it gave to China's growth."
formula = "X_j; g_j = X_j,t / X_j,t-1 - 1; s_j = X_j / X; r_j = 1 + number of partners with more; c_j = (X_j,t - X_j,t-1) / X_t-1"
tex = '''g_j = \frac{X_{j,t}}{X_{j,t-1}} - 1, \quad s_j = \frac{X_{j,t}}{X_t}, \quad r_j = 1 + \#\{X_k : X_k > X_j\}, \quad c_j = \frac{X_{j,t} - X_{j,t-1}}{X_{t-1}}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Mikic & Gilbert 2009, UN ESCAP ST/ESCAP/2559 (share, growth); INSEE, definition c1207 (contribution)"
caveats = [
    "History is spliced: IMF direction of trade to 2020 (imports to 2022), then for exports of 2021 the partners' own reports of imports (quality mirror) but for 22 partners, exports of 2022 as China first reported them, 2023 as implied by 2024 and its growth, customs' tables from 2024. Each change of source is a break.",
    "Mirror years are the partner's figures, with freight and insurance and with goods that came through other ports: level, share and rank of those years are not comparable with their neighbours, so no growth is computed across them.",
    "Rank counts partners that are economies and had trade in the period, 249 in 2025 by exports and imports together, as customs counts them; re-imports, residual and unallocated rows have no rank but stand in the whole that shares are taken of. Exports of 2021 are known mostly through the partners' reports: that year has no rank.",
    "Growth printed by customs is on its revised base and in yuan; growth in dollars, of months and of years before 2025 is between levels.",
    "A group's own figure by customs comes first, else its members are summed; a year in which members have no report (missing) is partial. A sum grows on what the same members came to a year earlier. A group is ranked as one partner among economies and the blocs ASEAN and EU, which customs counts as partners; members do not count on their own. An economy is ranked among economies.",
    "Exports are FOB and count Hong Kong as destination of what it passes on; imports are CIF by country of origin.",
]
uses = ["partner:any", "membership", "flow", "first", "last", "freq:partner", "currency:partner"]

[names]
name = { code = "partner", of = ["economy", "group"] }
--- */
WITH rate AS (
    SELECT period, any_value(value) FILTER (currency = 'CNY') / any_value(value) FILTER (currency = 'USD') AS cny_per_usd
    FROM totals_of_all_freqs() WHERE freq = $freq AND flow = $flow
    GROUP BY period
),
ranked AS (
    -- months are in yuan
    FROM partner_ranks($flow, $freq, if($freq = 'A', $currency, 'CNY'))
),
-- the published growth of the total gives the revised base, as on every page; elsewhere the base is the whole of a year earlier
headline AS (
    SELECT period, growth_pct AS whole_growth_pct FROM totals_of_all_freqs()
    WHERE flow = $flow AND currency = $currency AND freq = $freq AND growth_pct IS NOT NULL
),
tables AS (
    SELECT DISTINCT period, whole, mirrored FROM ranked
),
focus AS (
    -- of a year that partners' own reports make up for the most part, places among those that reported are no ranks
    SELECT period, period_start, market, value, whole, growth_pct, quality, source_id, if(mirrored, NULL, rank) AS rank, partners, mirrored, NULL AS members, 0 AS missing,
        NULL AS former_value
    FROM ranked
    -- two-way trade of a mirror year is known only where both flows are
    WHERE market = $partner AND ($flow <> 'total' OR NOT mirrored
        OR 2 = (SELECT count(*) FROM partner_annual WHERE CAST(year AS VARCHAR) = ranked.period AND partner = $partner))
    UNION ALL
    SELECT period, CAST(first_month(period) || '-01' AS DATE), $partner, value, whole, growth_pct, quality, source_id, rank, markets,
        coalesce(mirrored, false), members, missing, former_value
    FROM group_figures($partner, $membership, $flow, $freq, if($freq = 'A', $currency, 'CNY'))
    LEFT JOIN tables USING (period)
    WHERE value IS NOT NULL
),
priced AS (
    SELECT
        focus.* EXCLUDE (growth_pct) REPLACE (
            if($currency = 'USD' AND $freq <> 'A', value / cny_per_usd, value) AS value,
            if($currency = 'USD' AND $freq <> 'A', whole / cny_per_usd, whole) AS whole,
            if($currency = 'USD' AND $freq <> 'A', former_value / former_rate, former_value) AS former_value,
            if($currency = 'USD' AND $freq <> 'A', 'converted', quality) AS quality
        ),
        if($currency = 'CNY', growth_pct, NULL) AS growth_pct, whole_growth_pct
    FROM focus
    LEFT JOIN rate USING (period)
    LEFT JOIN (SELECT CAST(CAST(left(period, 4) AS INTEGER) + 1 AS VARCHAR) || substr(period, 5) AS period, cny_per_usd AS former_rate FROM rate) USING (period)
    LEFT JOIN headline USING (period)
),
-- years of two sources are two vintages: 2022 as first reported and 2023 on its revised base do not compare
based AS (
    SELECT
        now.*, break_between(now.quality, before.quality, now.source_id, before.source_id) AS break, before.whole AS former_whole,
        coalesce(now.value / nullif(1 + now.growth_pct / 100, 0), now.former_value, before.value) AS base_value,
        100 * (now.value / nullif(coalesce(now.former_value, before.value), 0) - 1) AS computed_pct, before.rank AS former_rank,
        now.source_id <> before.source_id AS new_source, now.mirrored OR before.mirrored OR ($freq = 'A' AND now.source_id <> before.source_id) AS bent
    FROM priced AS now
    LEFT JOIN priced AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
)
SELECT
    period, period_start, market AS partner, value, if(growth_pct IS NOT NULL OR break IS NULL, base_value, NULL) AS base_value,
    growth_pct, if(break IS NULL, computed_pct, NULL) AS growth_computed_pct, 100 * value / whole AS share_pct, rank,
    if(break IS NULL, CAST(former_rank AS BIGINT) - CAST(rank AS BIGINT), NULL) AS rank_change, partners,
    if(NOT bent, 100 * (value - base_value) / coalesce(whole / (1 + whole_growth_pct / 100), former_whole), NULL) AS contribution_pp,
    if(NOT bent, coalesce(whole_growth_pct, 100 * (whole / former_whole - 1)), NULL) AS total_growth_pct,
    members, missing, break, quality, coalesce(new_source, false) AS new_source, source_id
FROM based
WHERE in_span(period, $first, $last)
ORDER BY period

/* ---
title = "Trade without one market"
unit = "percentage points"
definition = "Growth and concentration of the total if one market is left out: how much depends on it."
formula = "g without j = (X_t - X_j,t) / (X_t-1 - X_j,t-1) - 1; effect = g - g without j; H without j = sum over k, k <> j, of (X_k / (X - X_j))^2"
tex = '''g_{-j} = \frac{X_t - X_{j,t}}{X_{t-1} - X_{j,t-1}} - 1, \qquad H_{-j} = \sum_{k \ne j} \left(\frac{X_k}{X - X_j}\right)^{2}'''
reference = "Miller 1974, The Jackknife: A Review, Biometrika 61(1)"
caveats = [
    "Arithmetic, not a forecast: it supposes that what is lost in one market is not sold elsewhere.",
    "Where the tables of the two periods are of different quality or source (`break` says which) there is no growth; concentration is of one period and stays.",
    "effect_pp is growth with the market less growth without it: positive if the market lifted the total's growth.",
    "order=loss ranks by the part of trade that would be lost, order=growth by effect_pp, order=concentration by how much concentration would fall.",
]
uses = ["reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated"]

[parameters.growth]
domain = ["published", "levels"]
default = "published"
help = "Base of growth: as the published growth implies (customs' revised base, where printed), or the earlier table as first published."

[parameters.period]
domain = "period"
help = "Period; default the last that has one a year earlier. A year, for months, is its last month."

[parameters.order]
domain = ["loss", "growth", "concentration"]
default = "loss"
help = "Rank by the share of trade lost, the growth lost, or the concentration lost."

[names]
name = { code = "market", of = ["economy", "group"] }
--- */
WITH known AS MATERIALIZED (
    SELECT *, coalesce(value, 0) AS now_value, if(whole_break IS NULL, coalesce(base_value, 0), NULL) AS former
    FROM market_changes($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated, $growth, $period, $period)
),
chosen AS (
    SELECT
        *, sum(now_value) OVER () AS total, sum(former) OVER () AS former_total, sum(power(now_value, 2)) OVER () AS squares
    FROM known
    WHERE period = (SELECT max(period) FROM known)
),
without AS (
    SELECT
        *, total - now_value AS total_without, former_total - former AS former_without,
        squares / nullif(power(total, 2), 0) AS hhi, greatest(0, squares - power(now_value, 2)) / nullif(power(total - now_value, 2), 0) AS hhi_without,
        100 * (total / nullif(former_total, 0) - 1) AS total_growth_pct,
        100 * ((total - now_value) / nullif(former_total - former, 0) - 1) AS growth_without_pct
    FROM chosen
),
effects AS (
    SELECT
        *, 100 * now_value / nullif(total, 0) AS share_pct, 100 * (now_value / nullif(former, 0) - 1) AS own_growth_pct,
        total_growth_pct - growth_without_pct AS effect_pp, hhi - hhi_without AS hhi_effect
    FROM without
)
SELECT
    dense_rank() OVER (
        ORDER BY CASE $order WHEN 'loss' THEN share_pct WHEN 'growth' THEN effect_pp ELSE hhi_effect END DESC NULLS LAST
    ) AS rank,
    period, period_start, market, continent, now_value AS value, share_pct, own_growth_pct AS growth_pct,
    total_without, total_growth_pct, growth_without_pct, effect_pp, hhi, hhi_without, hhi_effect, coalesce(break, whole_break) AS break, currency, quality, source_id
FROM effects
ORDER BY rank, market

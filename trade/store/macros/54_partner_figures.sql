-- The rows of the measure `partner` for one partner, or for every economy and group if a_partner is NULL; all of them take
-- hardly longer than one.
CREATE MACRO partner_figures(a_partner, a_membership, a_flow, a_freq, a_currency) AS TABLE
WITH rate AS (
    SELECT period, any_value(value) FILTER (currency = 'CNY') / any_value(value) FILTER (currency = 'USD') AS cny_per_usd
    FROM totals_of_all_freqs() WHERE freq = a_freq AND flow = a_flow
    GROUP BY period
),
ranked AS (
    -- months and quarters are in yuan
    FROM partner_ranks(a_flow, a_freq, if(a_freq = 'A', a_currency, 'CNY'))
),
-- the published growth of the total, from which its revised base follows; without it the base is the total a year earlier
headline AS (
    SELECT period, growth_pct AS whole_growth_pct FROM totals_of_all_freqs()
    WHERE flow = a_flow AND currency = a_currency AND freq = a_freq AND growth_pct IS NOT NULL
),
tables AS (
    SELECT DISTINCT period, whole, mirrored FROM ranked
),
focus AS (
    -- no ranks in periods with partners' own reports, since a place among those that reported is not a rank
    SELECT period, period_start, market, value, whole, growth_pct, quality, source_id, if(mirrored, NULL, rank) AS rank, partners, mirrored, NULL AS members, 0 AS missing,
        NULL AS former_value
    FROM ranked
    LEFT JOIN (SELECT CAST(year AS VARCHAR) AS period, partner AS market, count(*) AS flows FROM partner_annual GROUP BY ALL) USING (period, market)
    -- two-way trade of a year with partner reports is known only for partners with both flows
    WHERE coalesce(market = a_partner, true) AND (a_flow <> 'total' OR NOT mirrored OR flows = 2)
    UNION ALL
    SELECT period, CAST(first_month(period) || '-01' AS DATE), group_code, value, whole, growth_pct, quality, source_id, rank, markets,
        coalesce(mirrored, false), members, missing, former_value
    FROM group_figures(a_partner, a_membership, a_flow, a_freq, if(a_freq = 'A', a_currency, 'CNY'))
    LEFT JOIN tables USING (period)
    WHERE value IS NOT NULL
),
priced AS (
    SELECT
        focus.* EXCLUDE (growth_pct) REPLACE (
            if(a_currency = 'USD' AND a_freq <> 'A', value / cny_per_usd, value) AS value,
            if(a_currency = 'USD' AND a_freq <> 'A', whole / cny_per_usd, whole) AS whole,
            if(a_currency = 'USD' AND a_freq <> 'A', former_value / former_rate, former_value) AS former_value,
            if(a_currency = 'USD' AND a_freq <> 'A', 'converted', quality) AS quality
        ),
        if(a_currency = 'CNY', growth_pct, NULL) AS growth_pct, whole_growth_pct
    FROM focus
    LEFT JOIN rate USING (period)
    LEFT JOIN (SELECT CAST(CAST(left(period, 4) AS INTEGER) + 1 AS VARCHAR) || substr(period, 5) AS period, cny_per_usd AS former_rate FROM rate) USING (period)
    LEFT JOIN headline USING (period)
),
-- years from two sources are of two vintages: 2022 as first reported is not comparable with 2023 on its revised base
based AS (
    SELECT
        now.*, break_between(now.quality, before.quality, now.source_id, before.source_id) AS break, before.whole AS former_whole,
        coalesce(now.value / nullif(1 + now.growth_pct / 100, 0), now.former_value, before.value) AS base_value,
        100 * (now.value / nullif(coalesce(now.former_value, before.value), 0) - 1) AS computed_pct, before.rank AS former_rank,
        now.source_id <> before.source_id AS new_source, now.mirrored OR before.mirrored OR (a_freq = 'A' AND now.source_id <> before.source_id) AS bent
    FROM priced AS now
    LEFT JOIN priced AS before ON before.market = now.market AND before.period_start = now.period_start - INTERVAL 1 YEAR
)
SELECT
    period, period_start, market AS partner, value, if(growth_pct IS NOT NULL OR break IS NULL, base_value, NULL) AS base_value,
    growth_pct, if(break IS NULL, computed_pct, NULL) AS growth_computed_pct, 100 * value / whole AS share_pct, rank,
    if(break IS NULL, CAST(former_rank AS BIGINT) - CAST(rank AS BIGINT), NULL) AS rank_change, partners,
    if(NOT bent, 100 * (value - base_value) / coalesce(whole / (1 + whole_growth_pct / 100), former_whole), NULL) AS contribution_pp,
    if(NOT bent, coalesce(whole_growth_pct, 100 * (whole / former_whole - 1)), NULL) AS total_growth_pct,
    members, missing, break, quality, coalesce(new_source, false) AS new_source, source_id
FROM based

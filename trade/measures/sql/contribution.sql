/* ---
title = "Contribution to growth"
unit = "percentage points"
definition = "How many percentage points each part contributed to the total's growth: its change divided by the total of the base period."
formula = "c_j = (X_j,t - X_j,t-1) / X_t-1 = s_j,t-1 * g_j; sum of c_j = g"
tex = '''c_j = \frac{X_{j,t} - X_{j,t-1}}{X_{t-1}} = s_{j,t-1}\, g_j, \qquad \sum_j c_j = g'''
reference = "INSEE, definition c1207; ABS, National Accounts: Concepts, Sources and Methods, 6.34"
caveats = [
    "The weight is the previous period's share, base_share_pct; share_pct is the share of the period itself.",
    "With a continent its own row (kind group) is customs' own row of the continent, as by=continent gives it; the sum of its partners differs by rounding.",
    "base=tables compares the tables as first published; base=published rebuilds each base from the published growth, which is rounded to 0.1 point. In dollars only the total has a published growth: the parts compare the tables, each converted at the rate of its year, and the residual includes the difference: also that between the total as revised, which is shown, and the one that the tables add up to. Goods are converted as on every page of goods.",
    "The residual is the headline less the sum of the parts: rounding, unallocated trade, or groups that are not listed. It is always shown.",
    "Items that overlap others (marked *) are left out of the products, so that nothing is counted twice.",
]
uses = ["period:cumulated"]

[parameters.by]
domain = ["continent", "partner", "product"]
default = "continent"
help = "What the total is split into: customs continents, partners, or main commodities that do not overlap."
[parameters.flow]
domain = ["export", "import", "total"]
default = "export"
help = "Direction of China's trade; total is exports plus imports (not for products)."
[parameters.currency]
domain = ["CNY", "USD"]
default = "CNY"
help = "Dollars are converted at the yearly rate that two official totals imply (years only)."
[parameters.base]
domain = ["published", "tables"]
default = "published"
help = "Base of growth: as implied by published growth (revised), or the earlier table as first published."
[parameters.continent]
domain = ["asia", "africa", "europe", "latin-america", "north-america", "oceania"]
only = { by = ["partner"] }
help = "Only partners of this customs continent, if by=partner; the rest of the total is one part."

[names]
name = { code = "code", of = ["economy", "group", "product", "contribution"] }
--- */
WITH asked AS (
    SELECT
        if(length($period) = 4, $period || '-12', $period) AS now_period,
        CAST(CAST(left($period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(if(length($period) = 4, $period || '-12', $period), 5) AS before_period,
        $currency = 'USD' AND length($period) = 7 AS impossible, if($period LIKE '%-Q_', 'Q', 'YTD') AS freq
),
rate AS (
    SELECT year, flow, cny_per_usd FROM fx_rate
),
customs AS (
    SELECT 'partner' AS split, partner AS code, flow, period, value_cny, growth_pct, source_id FROM partner_month WHERE freq = (SELECT freq FROM asked)
    UNION ALL
    SELECT 'continent', group_code, flow, period, value_cny, growth_pct, source_id FROM group_month
    WHERE freq = (SELECT freq FROM asked) AND group_code IN ('asia', 'africa', 'europe', 'latin-america', 'north-america', 'oceania')
    UNION ALL
    SELECT 'continent', partner, flow, period, value_cny, growth_pct, source_id FROM partner_month
    WHERE freq = (SELECT freq FROM asked) AND partner IN ('ATA', 'XXU')
    UNION ALL
    SELECT 'product', change.product, change.flow, change.period, change.value, change.growth_pct, change.source_id
    FROM product_change AS change JOIN fact.product AS product USING (product)
    WHERE change.freq = (SELECT freq FROM asked) AND change.currency = $currency AND change.in_main AND NOT product.overlapping
    UNION ALL
    SELECT 'world', 'world', flow, period, value_cny, growth_pct, source_id FROM group_month
    WHERE freq = (SELECT freq FROM asked) AND group_code = 'world'
),
-- bases of goods in the currency, as the mart converts them
product_base AS (
    SELECT product AS code, flow, period, base_value FROM product_change WHERE freq = (SELECT freq FROM asked) AND currency = $currency AND in_main
),
pairs AS (
    SELECT
        now.split, now.code, now.flow, now.value_cny AS value, now.growth_pct, now.source_id,
        CASE
            WHEN now.split = 'product' THEN product_base.base_value
            WHEN $base = 'published' AND $currency = 'CNY' THEN coalesce(now.value_cny / nullif(1 + now.growth_pct / 100, 0), before.value_cny)
            ELSE before.value_cny
        END AS base_value,
        if(now.split = 'product' OR $currency = 'CNY', 1, rate_now.cny_per_usd) AS rate_now,
        if(now.split = 'product' OR $currency = 'CNY', 1, rate_before.cny_per_usd) AS rate_before
    FROM asked
    JOIN customs AS now ON now.period = asked.now_period AND NOT asked.impossible
    LEFT JOIN customs AS before ON before.split = now.split AND before.code = now.code AND before.flow = now.flow AND before.period = asked.before_period
    LEFT JOIN product_base ON now.split = 'product' AND product_base.code = now.code AND product_base.flow = now.flow AND product_base.period = now.period
    LEFT JOIN rate AS rate_now ON rate_now.flow = now.flow AND rate_now.year = CAST(left(asked.now_period, 4) AS INTEGER)
    LEFT JOIN rate AS rate_before ON rate_before.flow = now.flow AND rate_before.year = CAST(left(asked.before_period, 4) AS INTEGER)
    WHERE (now.split IN ($by, 'world') OR (now.split = 'continent' AND now.code = $continent)) AND (now.flow = $flow OR ($flow = 'total' AND $currency = 'USD' AND now.flow <> 'total'))
),
valued AS (
    SELECT
        split, code,
        sum(value / rate_now) AS value, sum(base_value / rate_before) AS base_value,
        if($currency = 'CNY' AND $base = 'published', max(growth_pct), NULL) AS published_growth_pct, any_value(source_id) AS source_id
    FROM pairs
    GROUP BY split, code
),
-- the total with its published growth in the currency, as on all pages
official AS (
    SELECT totals.value, growth_pct FROM totals_of_all_freqs() AS totals, asked
    WHERE $base = 'published' AND flow = $flow AND currency = $currency AND growth_pct IS NOT NULL
        AND period IN (now_period, if(now_period LIKE '%-12', left(now_period, 4), NULL)) AND totals.freq = if(length(period) = 4, 'A', asked.freq)
    ORDER BY totals.freq
    LIMIT 1
),
-- the whole of the parts: for partners that of their own table, for goods the total shown on all pages
world AS (
    SELECT
        whole.* REPLACE (coalesce(whole.value / (1 + official.growth_pct / 100), base_value) AS base_value),
        coalesce(official.value, whole.value) AS total
    FROM (
        SELECT valued.* REPLACE (if($by = 'product', coalesce(official.value, valued.value), valued.value) AS value)
        FROM valued LEFT JOIN official ON true
        WHERE split = 'world'
    ) AS whole
    LEFT JOIN official ON true
),
parts AS (
    SELECT
        if($continent IS NULL OR $by <> 'partner' OR economy.customs_continent = $continent, valued.code, 'rest') AS code,
        sum(valued.value) AS value, sum(valued.base_value) AS base_value, any_value(valued.source_id) AS source_id,
        if(count(*) = 1, any_value(valued.published_growth_pct), NULL) AS published_growth_pct
    FROM valued
    LEFT JOIN economy ON economy.economy = valued.code
    WHERE valued.split = $by AND valued.value IS NOT NULL
    GROUP BY 1
),
contributions AS (
    SELECT
        parts.code, parts.value, parts.base_value,
        coalesce(parts.published_growth_pct, 100 * (parts.value / nullif(parts.base_value, 0) - 1)) AS growth_pct,
        100 * parts.value / world.value AS share_pct, 100 * parts.base_value / world.base_value AS base_share_pct,
        100 * (parts.value - coalesce(parts.base_value, 0)) / world.base_value AS contribution_pp,
        'part' AS kind, parts.source_id
    FROM parts, world
),
headline AS (
    SELECT
        'world' AS code, total AS value, base_value * total / value AS base_value, 100 * (value / base_value - 1) AS growth_pct, 100.0 AS share_pct, 100.0 AS base_share_pct,
        100 * (value / base_value - 1) AS contribution_pp, 'total' AS kind, source_id
    FROM world
),
listed AS (
    SELECT
        sum(value) AS value, sum(base_value) AS base_value, sum(share_pct) AS share_pct, sum(base_share_pct) AS base_share_pct,
        sum(contribution_pp) AS contribution_pp
    FROM contributions
),
-- the continent of the partners shown
own_group AS (
    SELECT
        valued.code, valued.value, valued.base_value, 100 * (valued.value / nullif(valued.base_value, 0) - 1) AS growth_pct,
        100 * valued.value / world.value AS share_pct, 100 * valued.base_value / world.base_value AS base_share_pct,
        100 * (valued.value - valued.base_value) / world.base_value AS contribution_pp, 'group' AS kind, valued.source_id
    FROM valued, world
    WHERE $by = 'partner' AND valued.split = 'continent' AND valued.code = $continent AND valued.value IS NOT NULL
),
residual AS (
    SELECT
        'residual' AS code, headline.value - listed.value AS value, headline.base_value - listed.base_value AS base_value,
        NULL::DOUBLE AS growth_pct, 100 - listed.share_pct AS share_pct, 100 - listed.base_share_pct AS base_share_pct,
        headline.contribution_pp - listed.contribution_pp AS contribution_pp, 'residual' AS kind, headline.source_id
    FROM headline, listed
    WHERE listed.value IS NOT NULL
)
SELECT
    code, economy.customs_continent AS continent, value, base_value, growth_pct, share_pct, base_share_pct, contribution_pp, answers.kind, before_period AS base_period, $currency AS currency,
    answers.source_id
FROM (FROM contributions UNION ALL FROM own_group UNION ALL FROM residual UNION ALL FROM headline) AS answers
CROSS JOIN (SELECT if(length($period) = 4, left(before_period, 4), before_period) AS before_period FROM asked)
LEFT JOIN economy ON economy.economy = code
ORDER BY answers.kind = 'total', answers.kind = 'residual', answers.kind = 'group', contribution_pp DESC, code

/* ---
title = "Trade with a bloc"
unit = "value"
definition = "China's trade with a bloc, a continent or a named set of partners: value, growth, share of all trade, and rank among China's markets."
formula = "X_G = sum of X_j over j in G; s_G = X_G / X"
tex = '''X_G = \sum_{j \in G} X_j, \qquad s_G = \frac{X_G}{X}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Mikic & Gilbert 2009, UN ESCAP ST/ESCAP/2559"
caveats = [
    "Blocs overlap: their shares must not be added up.",
    "Customs' own figure of a bloc comes first: its table from 2024 on, in yuan, and the figures its releases print for earlier years (the press's only in place of partners' own reports). Elsewhere members are summed from partner figures (summed). The other currency follows at the yearly rate that two official totals imply.",
    "Between figures of unlike quality or source (`break` says which) there is no growth, and no mean of growth over such a year; a bloc has no rank in a year whose table is partly partners' own reports. A member without a report is missing from the sum of such a year: members counts those summed.",
    "A bloc's trade leaves out China's re-imports, as the customs table of 2025 does, though China is a member of APEC and RCEP; the row of 2024 holds them for APEC, and they are taken off.",
    "Belt and Road partners are known as customs' own sum only.",
    "cagr_pct is the compound rate since the first period shown, mean_growth_pct the mean of the yearly rates since then: the second is always the larger.",
    "rank takes the bloc as one market, and the EU as one other; its members, residual rows and re-imports do not count on their own.",
]
uses = ["flow:total", "first", "last", "freq:customs"]

[parameters.group]
domain = "group"
default = "asean"
help = "Bloc or continent; ignored if partners are named."

[parameters.partners]
domain = "text"
help = "Codes of partners with spaces between them: KAZ KGZ TJK TKM UZB is Central Asia."
[parameters.currency]
domain = ["CNY", "USD"]
default = "CNY"
help = "Dollars are known by year only."
--- */
WITH rate AS (
    SELECT CAST(year AS VARCHAR) AS period, flow, cny_per_usd FROM fx_rate
),
-- what one unit of a row's currency is worth in the currency asked for
partner AS (
    SELECT market.period, make_date(CAST(left(market.period, 4) AS INTEGER), 12, 31) AS year_end, market.partner, market.flow,
        market.source_id, market.currency <> $currency OR quality = 'converted' AS converted, quality, quality = 'mirror' AS unlisted,
        value * CASE WHEN market.currency = $currency THEN 1 WHEN $currency = 'CNY' THEN cny_per_usd END AS value
    FROM market
    LEFT JOIN rate ON rate.period = market.period AND rate.flow = market.flow
    WHERE dataset = 'customs' AND freq = $freq AND market.flow <> 'total' AND $flow IN ('total', market.flow)
        AND ($first IS NULL OR market.period >= CAST(CAST(left($first, 4) AS INTEGER) - 1 AS VARCHAR)) AND ($last IS NULL OR market.period <= $last)
    QUALIFY row_number() OVER (PARTITION BY market.period, market.partner, market.flow ORDER BY market.currency = $currency DESC) = 1
),
asked AS (
    SELECT economy, valid_from, valid_to FROM group_member WHERE group_code = $group AND $partners IS NULL AND economy <> 'CHN'
    UNION ALL
    SELECT unnest(string_split(trim($partners), ' ')), NULL, NULL WHERE $partners IS NOT NULL
),
-- every partner belongs to the bloc asked for, to the EU as another market, or stands for itself
placed AS MATERIALIZED (
    SELECT partner.*, CASE WHEN asked.economy IS NOT NULL THEN 'asked' WHEN eu.economy IS NOT NULL THEN 'eu' ELSE partner.partner END AS market_name
    FROM partner
    JOIN economy ON economy.economy = partner.partner
    LEFT JOIN asked ON asked.economy = partner.partner AND coalesce(asked.valid_from <= year_end, true) AND coalesce(asked.valid_to >= year_end, true)
    LEFT JOIN (FROM group_member WHERE group_code = 'eu') AS eu ON eu.economy = partner.partner
        AND coalesce(eu.valid_from <= year_end, true) AND coalesce(eu.valid_to >= year_end, true)
    WHERE asked.economy IS NOT NULL OR (kind IN ('economy', 'area') AND partner.partner <> 'CHN')
),
inside AS (
    SELECT period, if(count(DISTINCT flow) = if($flow = 'total', 2, 1), sum(value), NULL) AS value, count(DISTINCT partner) AS members,
        bool_or(converted) AS converted, worst_quality(quality) AS quality, source_list(source_id) AS source_id
    FROM placed
    WHERE market_name = 'asked'
    GROUP BY period
),
-- a table with partners' own reports lists only those that reported
partial AS (
    SELECT period FROM partner GROUP BY period HAVING bool_or(unlisted)
),
outside AS (
    SELECT period, market_name, sum(value) AS value FROM placed WHERE market_name <> 'asked' GROUP BY period, market_name
),
printed AS (
    SELECT if($freq = 'A', left(group_month.period, 4), group_month.period) AS period,
        sum(value_cny / if($currency = 'CNY', 1, cny_per_usd)) FILTER (WHERE group_month.flow <> 'total') AS value,
        max(growth_pct) FILTER (WHERE group_month.flow = $flow AND $currency = 'CNY') AS growth_pct, any_value(group_month.source_id) AS source_id
    FROM group_month
    LEFT JOIN rate ON rate.period = left(group_month.period, 4) AND rate.flow = group_month.flow AND $freq = 'A'
    WHERE group_code = $group AND $partners IS NULL AND freq = if($freq = 'A', 'YTD', $freq)
        AND ($freq <> 'A' OR group_month.period LIKE '%-12') AND ($flow = 'total' OR group_month.flow = $flow)
    GROUP BY 1
    HAVING count(DISTINCT group_month.flow) FILTER (WHERE group_month.flow <> 'total') = if($flow = 'total', 2, 1)
),
-- what customs' releases print of blocs, where no table does: of several pages the most exact official one
named (item, group_code) AS (
    VALUES ('ASEAN', 'asean'), ('European Union', 'eu'), ('Africa', 'africa'), ('Latin America', 'latin-america'), ('APEC economies', 'apec'),
        ('RCEP (14 other members)', 'rcep'), ('RCEP members', 'rcep'), ('Belt and Road partners', 'belt-and-road'),
        ('Asia', 'asia'), ('Europe', 'europe'), ('North America', 'north-america'), ('Oceania', 'oceania')
),
released AS (
    SELECT figure.period, any_value(figure.value) AS value, any_value(grown.growth_pct) AS growth_pct, any_value(figure.source_id) AS source_id
    FROM (
        SELECT period, item, value, source_id FROM staging.released_figure JOIN named USING (item)
        WHERE topic = 'bloc' AND group_code = $group AND $partners IS NULL AND freq = $freq AND flow = $flow AND currency = $currency
            AND value IS NOT NULL
            AND (authority <= 2 OR (authority = 4 AND period IN (SELECT period FROM inside WHERE quality = 'mirror')))
        QUALIFY row_number() OVER (PARTITION BY period ORDER BY authority <= 2 DESC, half_width, authority, published, source_title) = 1
    ) AS figure
    LEFT JOIN (
        SELECT period, item, growth_pct FROM staging.released_figure
        WHERE topic = 'bloc' AND freq = $freq AND flow = $flow AND currency = $currency AND growth_pct IS NOT NULL AND authority <= 4
        QUALIFY row_number() OVER (PARTITION BY period, item ORDER BY authority, published, source_title) = 1
    ) AS grown USING (period, item)
    WHERE ($first IS NULL OR figure.period >= CAST(CAST(left($first, 4) AS INTEGER) - 1 AS VARCHAR)) AND ($last IS NULL OR figure.period <= $last)
    GROUP BY figure.period
),
own AS (
    SELECT period, value, growth_pct, source_id, if($currency = 'USD', 'converted', 'reported') AS quality, 'table' AS basis
    FROM printed WHERE value IS NOT NULL
    UNION ALL
    SELECT period, value, growth_pct, source_id, 'reported', 'release' FROM released
    ANTI JOIN (FROM printed WHERE value IS NOT NULL) AS printed USING (period)
),
-- China's re-imports, where China is a member of the bloc
reimported AS (
    SELECT period, sum(value) AS value FROM partner
    WHERE partner = 'CHN' AND $partners IS NULL AND $group IN (SELECT group_code FROM group_member WHERE economy = 'CHN')
    GROUP BY period
),
-- the customs table's own figure is the sum of its members there: both are one basis; a release is another
known AS (
    SELECT period,
        coalesce(
            if(basis = 'table' AND abs(own.value - inside.value - reimported.value) < abs(own.value - inside.value), own.value - reimported.value, own.value),
            inside.value
        ) AS value,
        own.growth_pct, members,
        if(own.value IS NULL, converted, own.quality = 'converted') AS converted, own.value IS NULL AS summed,
        coalesce(own.quality, inside.quality) AS quality, coalesce(own.basis, 'members') AS basis,
        coalesce(own.source_id, inside.source_id) AS source_id, partial.period IS NOT NULL AS partial
    FROM inside
    FULL JOIN own USING (period)
    LEFT JOIN reimported USING (period)
    LEFT JOIN partial USING (period)
),
larger AS (
    SELECT known.period, count(*) FILTER (WHERE other.value > known.value) + 1 AS rank
    FROM known LEFT JOIN outside AS other ON other.period = known.period
    GROUP BY known.period
),
-- growth since the first period shown: compound, and as the mean of the yearly rates (years only)
shown AS (
    SELECT
        now.*, if(break IS NULL, before.value, NULL) AS base_value,
        if(break IS NULL, 100 * (now.value / nullif(before.value, 0) - 1), NULL) AS growth_computed_pct,
        break, before.value IS NOT NULL AS held_before,
        CAST(left(now.period, 4) AS INTEGER) - min(CAST(left(now.period, 4) AS INTEGER)) OVER () AS years
    FROM known AS now
    LEFT JOIN known AS before ON CAST(left(before.period, 4) AS INTEGER) = CAST(left(now.period, 4) AS INTEGER) - 1
        AND substr(before.period, 5) = substr(now.period, 5)
    CROSS JOIN LATERAL (SELECT CASE
        WHEN before.value IS NULL THEN NULL
        WHEN now.summed AND before.summed AND now.partial AND before.partial AND 'mirror' IN (now.quality, before.quality) THEN 'unreported'
        ELSE break_between(now.quality, before.quality, now.source_id, before.source_id)
    END AS break)
    WHERE now.value IS NOT NULL AND ($first IS NULL OR now.period >= $first) AND ($last IS NULL OR now.period <= $last)
)
SELECT
    period, shown.value, shown.growth_pct, base_value, growth_computed_pct,
    if($freq = 'A' AND years > 0 AND break_between(quality, first_value(quality) OVER spans, source_id, first_value(source_id) OVER spans) IS NULL,
        100 * (pow(shown.value / first_value(shown.value) OVER spans, 1.0 / years) - 1), NULL) AS cagr_pct,
    if($freq = 'A' AND years > 0 AND count(break) FILTER (years > 0) OVER spans = 0, avg(if(years > 0, growth_computed_pct, NULL)) OVER spans, NULL)
        AS mean_growth_pct,
    100 * shown.value / total.value AS share_pct, if(members IS NULL OR partial, NULL, larger.rank) AS rank, members, summed, converted,
    break, quality, basis, shown.source_id
FROM shown
LEFT JOIN larger USING (period)
LEFT JOIN (SELECT period, value FROM total_trade WHERE freq = $freq AND flow = $flow AND currency = $currency) AS total USING (period)
WINDOW spans AS (ORDER BY period)
ORDER BY period

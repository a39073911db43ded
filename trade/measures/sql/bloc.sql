/* ---
title = "Trade with a bloc"
unit = "value"
definition = "China's trade with a bloc, a continent or a named set of partners: value, growth, share of all trade, and rank among China's markets."
formula = "X_G = sum of X_j over j in G; s_G = X_G / X"
tex = '''X_G = \sum_{j \in G} X_j, \qquad s_G = \frac{X_G}{X}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Mikic & Gilbert 2009, UN ESCAP ST/ESCAP/2559"
caveats = [
    "Blocs overlap: their shares must not be added up.",
    "From 2024 on values are the customs table's own, in yuan; before, members are summed from partner figures in dollars. The other currency follows at the yearly rate that two official totals imply.",
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
        market.source_id, market.currency <> $currency OR quality = 'converted' AS converted,
        value * CASE WHEN market.currency = $currency THEN 1 WHEN $currency = 'CNY' THEN cny_per_usd END AS value
    FROM market
    LEFT JOIN rate ON rate.period = market.period AND rate.flow = market.flow
    WHERE dataset = 'customs' AND freq = $freq AND market.flow <> 'total' AND $flow IN ('total', market.flow)
        AND ($first IS NULL OR market.period >= CAST(CAST(left($first, 4) AS INTEGER) - 1 AS VARCHAR)) AND ($last IS NULL OR market.period <= $last)
    QUALIFY row_number() OVER (PARTITION BY market.period, market.partner, market.flow ORDER BY market.currency = $currency DESC) = 1
),
asked AS (
    SELECT economy, valid_from, valid_to FROM group_member WHERE group_code = $group AND $partners IS NULL
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
        bool_or(converted) AS converted, string_agg(DISTINCT source_id, ' ' ORDER BY source_id) AS source_id
    FROM placed
    WHERE market_name = 'asked'
    GROUP BY period
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
known AS (
    SELECT period, coalesce(printed.value, inside.value) AS value, printed.growth_pct, members,
        if(printed.value IS NULL, converted, $currency = 'USD') AS converted, printed.value IS NULL AS summed,
        coalesce(printed.source_id, inside.source_id) AS source_id
    FROM inside
    FULL JOIN (FROM printed WHERE value IS NOT NULL) AS printed USING (period)
),
larger AS (
    SELECT known.period, count(*) FILTER (WHERE other.value > known.value) + 1 AS rank
    FROM known LEFT JOIN outside AS other ON other.period = known.period
    GROUP BY known.period
),
-- growth since the first period shown: compound, and as the mean of the yearly rates (years only)
shown AS (
    SELECT
        now.*, before.value AS base_value, 100 * (now.value / nullif(before.value, 0) - 1) AS growth_computed_pct,
        CAST(left(now.period, 4) AS INTEGER) - min(CAST(left(now.period, 4) AS INTEGER)) OVER () AS years
    FROM known AS now
    LEFT JOIN known AS before ON CAST(left(before.period, 4) AS INTEGER) = CAST(left(now.period, 4) AS INTEGER) - 1
        AND substr(before.period, 5) = substr(now.period, 5)
    WHERE now.value IS NOT NULL AND ($first IS NULL OR now.period >= $first) AND ($last IS NULL OR now.period <= $last)
)
SELECT
    period, shown.value, shown.growth_pct, base_value, growth_computed_pct,
    if($freq = 'A' AND years > 0, 100 * (pow(shown.value / first_value(shown.value) OVER (ORDER BY period), 1.0 / years) - 1), NULL) AS cagr_pct,
    if($freq = 'A' AND years > 0, avg(if(years > 0, growth_computed_pct, NULL)) OVER (ORDER BY period), NULL) AS mean_growth_pct,
    100 * shown.value / total.value AS share_pct, if(members IS NULL, NULL, larger.rank) AS rank, members, summed, converted, shown.source_id
FROM shown
LEFT JOIN larger USING (period)
LEFT JOIN (SELECT period, value FROM total_trade WHERE freq = $freq AND flow = $flow AND currency = $currency) AS total USING (period)
ORDER BY period

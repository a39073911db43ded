-- The first and the last month of a year (2024), quarter (2024-Q3) or month (2024-07).
CREATE MACRO first_month(period) AS
    if(period LIKE '%-Q_', left(period, 5) || lpad(CAST(3 * CAST(right(period, 1) AS INTEGER) - 2 AS VARCHAR), 2, '0'), left(period || '-01', 7));
CREATE MACRO last_month(period) AS
    if(period LIKE '%-Q_', left(period, 5) || lpad(CAST(3 * CAST(right(period, 1) AS INTEGER) AS VARCHAR), 2, '0'), left(period || '-12', 7));

-- Whether a membership is in force at the end of a year, quarter or month.
CREATE MACRO is_member(period, valid_from, valid_to) AS
    last_day(CAST(last_month(period) || '-01' AS DATE)) BETWEEN coalesce(valid_from, DATE '1900-01-01') AND coalesce(valid_to, DATE '2999-12-31');

-- One row per possible market: every economy, and the European Union as one market.
CREATE MACRO market_names() AS TABLE
SELECT economy AS market, name_en, name_zh, continent, customs_continent FROM economy
UNION ALL
SELECT group_code, name_en, name_zh, 'europe', 'europe' FROM fact.economy_group WHERE group_code = 'eu';

-- The markets of one reporter under the chosen definitions: one row per period and market, for all measures of markets.
--
-- a_reporter, a_flow (export | import | total) and a_freq (A | Q | M | YTD) are as in mart `market`; the others are
-- options:
-- a_dataset          auto: customs for CHN, matrix for any other reporter; customs; matrix: the world matrix; or the
--                    source_id of an imported table.
-- a_currency         auto: yuan for China's customs tables by month or quarter, else dollars; CNY; USD.
-- an_eu              members: each member is a market; one: the members at the end of the period are the market `eu`.
-- a_hong_kong_macao  in: included; out: excluded.
-- a_reimports        in: includes the reporter as its own partner (China's re-imports of Chinese goods); out: excluded.
-- an_unallocated     in: includes rows that name no economy (not specified, special categories, the rest of a
--                    continent); out: excluded.
--
-- `whole` is all trade of the reporter in the period, including what the options exclude: the denominator of official
-- shares. Two-way trade exists only for periods with both flows. The published growth of a market of several rows (eu) is
-- computed from the bases that their growth rates imply, and missing if one of them has no rate.
--
-- `partial`: the period's table has partners' own reports (China's exports of some years), so a partner that is not in it
-- is unknown, not zero, and two-way trade is known only for partners with both flows. `table_sources`: all sources of the
-- period's table. Macro table_break decides from both whether two tables are comparable.
CREATE MACRO markets(a_reporter, a_dataset, a_flow, a_freq, a_currency, an_eu, a_hong_kong_macao, a_reimports, an_unallocated) AS TABLE
WITH traded AS (
    SELECT period, flow, partner, currency, value, growth_pct, quality, source_id, flow = a_flow AS own_flow, flow <> 'total' AS counted,
        quality = 'mirror' AND dataset = 'customs' AS unlisted
    FROM market
    WHERE reporter = a_reporter AND freq = a_freq AND (a_flow = 'total' OR flow = a_flow)
        AND dataset = if(a_dataset <> 'auto', a_dataset, if(a_reporter = 'CHN', 'customs', 'matrix'))
        AND currency = if(a_currency <> 'auto', a_currency, if(a_freq <> 'A' AND a_dataset IN ('auto', 'customs') AND a_reporter = 'CHN', 'CNY', 'USD'))
),
periods AS (
    SELECT period, CAST(first_month(period) || '-01' AS DATE) AS period_start, any_value(currency) AS currency, sum(value) FILTER (counted) AS whole,
        bool_or(unlisted) AS partial, string_agg(DISTINCT source_id, ' ' ORDER BY source_id) AS table_sources
    FROM traded
    GROUP BY period
    HAVING max(a_flow) <> 'total' OR (bool_or(flow = 'export') AND bool_or(flow = 'import'))
),
joined AS (
    SELECT period, economy AS partner, group_code FROM periods
    JOIN group_member AS member ON an_eu = 'one' AND group_code = 'eu' AND is_member(period, valid_from, valid_to)
),
placed AS (
    SELECT traded.*, coalesce(group_code, partner) AS market
    FROM traded
    LEFT JOIN joined USING (period, partner)
    WHERE (a_hong_kong_macao = 'in' OR partner NOT IN ('HKG', 'MAC'))
        AND (a_reimports = 'in' OR partner <> a_reporter)
        AND (an_unallocated = 'in' OR partner NOT IN (SELECT economy FROM economy WHERE kind IN ('residual', 'unallocated')))
),
summed AS (
    SELECT
        period, market, sum(value) FILTER (counted) AS value, any_value(growth_pct) FILTER (own_flow) AS printed_pct,
        count(*) FILTER (own_flow) AS lines, count(growth_pct) FILTER (own_flow) AS printed_lines,
        sum(value / nullif(1 + growth_pct / 100, 0)) FILTER (own_flow) AS implied_base,
        worst_quality(quality) AS quality, source_list(source_id) AS source_id,
        a_flow <> 'total' OR (bool_or(flow = 'export') AND bool_or(flow = 'import')) AS both_flows
    FROM placed
    GROUP BY period, market
)
SELECT
    period, period_start, market, coalesce(name_en, market) AS name_en, coalesce(name_zh, market) AS name_zh, continent, customs_continent,
    currency, value, whole,
    CASE WHEN lines = 1 THEN printed_pct WHEN lines = printed_lines THEN 100 * (value / nullif(implied_base, 0) - 1) END AS growth_pct,
    quality, source_id, partial, table_sources
FROM summed
JOIN periods USING (period)
LEFT JOIN market_names() USING (market)
WHERE value IS NOT NULL AND (both_flows OR NOT partial);

-- Whether a period is within the years shown; a bound that is a year includes all its months.
CREATE MACRO in_span(period, a_first, a_last) AS
    (a_first IS NULL OR period >= CAST(a_first AS VARCHAR)) AND (a_last IS NULL OR left(period, length(CAST(a_last AS VARCHAR))) <= CAST(a_last AS VARCHAR));

-- The cells of inequality measures: one row per period and market of the list.
-- a_list  ever: every market above a_threshold in any period of the data, with zero where it did not trade, so that the
--         number of markets depends neither on the period nor on the years shown. A market without a report in a partial
--         table is left out.
--         active: only the markets above the threshold in the period itself.
CREATE MACRO market_cells(a_reporter, a_dataset, a_flow, a_freq, a_currency, an_eu, a_hong_kong_macao, a_reimports, an_unallocated, a_first, a_last, a_threshold, a_list) AS TABLE
WITH known AS MATERIALIZED (
    SELECT * FROM markets(a_reporter, a_dataset, a_flow, a_freq, a_currency, an_eu, a_hong_kong_macao, a_reimports, an_unallocated)
),
listed AS (
    SELECT
        market, any_value(name_en) AS name_en, any_value(name_zh) AS name_zh,
        coalesce(any_value(continent), 'none') AS continent
    FROM known WHERE value > a_threshold GROUP BY market
),
periods AS (
    SELECT
        period, any_value(period_start) AS period_start, any_value(currency) AS currency, worst_quality(quality) AS quality,
        source_list(source_id) AS source_id, any_value(partial) AS partial
    FROM known
    WHERE in_span(period, a_first, a_last)
    GROUP BY period
)
SELECT periods.* EXCLUDE (partial), listed.*, coalesce(known.value, 0) AS value
FROM periods CROSS JOIN listed
LEFT JOIN known ON known.period = periods.period AND known.market = listed.market
WHERE (a_list = 'ever' AND (NOT periods.partial OR known.value IS NOT NULL)) OR known.value > a_threshold;

-- Each market compared with a year earlier: one row per period and market that traded in either year, for periods whose
-- year-earlier period is in the data, from a_first to a_last (without a_first, only the last one). `former_value` is the
-- level in the table of the year before, missing if the market had no row. `base_value` is the base of growth: with
-- a_growth `published` it is computed from the published growth if there is one (customs' revised base), else, and with
-- `levels`, it is the former level.
--
-- `break` says why a market is not comparable with itself a year earlier (then the former level is no base), and
-- `whole_break` why the two tables are not comparable; both are NULL if they are. A market that is in only one of two
-- incomparable tables is `unreported` in the other.
CREATE MACRO market_changes(a_reporter, a_dataset, a_flow, a_freq, a_currency, an_eu, a_hong_kong_macao, a_reimports, an_unallocated, a_growth, a_first, a_last) AS TABLE
WITH known AS MATERIALIZED (
    SELECT period, period_start, market, currency, value, growth_pct, quality, source_id, partial, table_sources
    FROM markets(a_reporter, a_dataset, a_flow, a_freq, a_currency, an_eu, a_hong_kong_macao, a_reimports, an_unallocated)
),
periods AS (
    SELECT DISTINCT period, period_start, currency, partial, table_sources FROM known
),
spans AS (
    SELECT now.period, now.period_start, now.currency, before.period AS former_period,
        table_break(now.partial, before.partial, now.table_sources, before.table_sources) AS whole_break
    FROM periods AS now JOIN periods AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
    QUALIFY in_span(now.period, coalesce(a_first, max(now.period) FILTER (in_span(now.period, NULL, a_last)) OVER ()), a_last)
),
paired AS (
    SELECT period, market, value, NULL AS former_value, growth_pct, quality, source_id, false AS former FROM known SEMI JOIN spans USING (period)
    UNION ALL
    SELECT spans.period, market, NULL, value, NULL, quality, source_id, true FROM known JOIN spans ON known.period = spans.former_period
),
changes AS (
    SELECT
        period, market, any_value(value) AS value, any_value(former_value) AS former_value, any_value(growth_pct) AS growth_pct,
        worst_quality(quality) AS quality, source_list(source_id) AS source_id,
        break_between(
            any_value(quality) FILTER (NOT former), any_value(quality) FILTER (former),
            any_value(source_id) FILTER (NOT former), any_value(source_id) FILTER (former)
        ) AS own_break
    FROM paired
    GROUP BY period, market
)
SELECT
    period, period_start, market, coalesce(name_en, market) AS name_en, coalesce(name_zh, market) AS name_zh, continent, customs_continent,
    currency, value, former_value,
    coalesce(
        if(a_growth = 'published', value / nullif(1 + growth_pct / 100, 0), NULL), if(own_break IS NULL, former_value, NULL)
    ) AS base_value,
    growth_pct, quality, source_id,
    coalesce(own_break, if(whole_break IS NOT NULL AND (value IS NULL OR former_value IS NULL), 'unreported', NULL)) AS break, whole_break
FROM changes
JOIN spans USING (period)
LEFT JOIN market_names() USING (market)

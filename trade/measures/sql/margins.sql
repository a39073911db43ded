/* ---
title = "Extensive and intensive margin of markets"
unit = "value"
definition = "The change of trade between two periods as what new markets brought, what lost markets took away, and the change of those that stayed."
formula = "dX = entries - exits + growth of continuing markets + decline of continuing markets"
tex = '''\Delta X = \sum_{j \in E} X_{j,1} - \sum_{j \in L} X_{j,0} + \sum_{j \in C} (X_{j,1} - X_{j,0})'''
reference = "Bacchetta et al. 2012, A Practical Guide to Trade Policy Analysis, WTO and UNCTAD, fig. 1.3"
caveats = [
    "Markets whose two figures are of different quality or source are `unlike`, with no change: there is no total either (`break` says why).",
    "Over two years and more China's own report compares with itself in another source (IMF or UN to 2022, customs' tables from 2023): they differ by less than 1.3%, by partner.",
    "A change of the partner list looks like an entry or an exit; between two tables of different sources a market in one alone is `unlike`, not entered or left.",
    "A market is active above the threshold; what it traded below it is left out.",
]
uses = [
    "reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated",
    "threshold",
]

[parameters.period]
domain = "period"
help = "The later period; default: the newest. A year, for months, is its last month."

[parameters.base]
domain = "period"
help = "The earlier period; default: one year earlier, or the last before that."

[parameters.by]
domain = ["component", "market"]
default = "component"
help = "Four components and their total, or every market with its component."

[names]
name = { code = "market", of = ["economy", "group"] }
--- */
WITH known AS MATERIALIZED (
    SELECT * FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated) WHERE value > $threshold
),
later AS (
    SELECT max(period) AS period, max(period_start) AS period_start FROM known WHERE in_span(period, $period, $period)
),
span AS (
    SELECT later.period, max(known.period) AS base, date_diff('year', max(known.period_start), any_value(later.period_start)) AS years
    FROM later
    JOIN known ON known.period < later.period AND in_span(known.period, $base, $base)
        AND ($base IS NOT NULL OR known.period_start <= later.period_start - INTERVAL 1 YEAR)
    GROUP BY later.period
),
pairs AS (
    SELECT
        market, any_value(continent) AS continent,
        span.period, span.base, break_over(
            any_value(span.years),
            any_value(quality) FILTER (known.period = span.period), any_value(quality) FILTER (known.period = span.base),
            any_value(source_id) FILTER (known.period = span.period), any_value(source_id) FILTER (known.period = span.base)
        ) AS own_break, sum(value) FILTER (known.period = span.base) AS base_value, sum(value) FILTER (known.period = span.period) AS value,
        any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
    FROM known JOIN span ON known.period IN (span.period, span.base)
    GROUP BY market, span.period, span.base
),
tables AS (
    SELECT
        table_break_over(span.years, now.partial, before.partial, now.table_sources, before.table_sources) AS whole_break,
        now.table_sources <> before.table_sources AS unlike_lists
    FROM span
    JOIN (SELECT DISTINCT period, partial, table_sources FROM known) AS now ON now.period = span.period
    JOIN (SELECT DISTINCT period, partial, table_sources FROM known) AS before ON before.period = span.base
),
judged AS (
    -- sources list different territories, so a partner in only one of two sources neither entered nor left
    SELECT
        *, coalesce(
            own_break, if((whole_break IS NOT NULL OR unlike_lists) AND (value IS NULL OR base_value IS NULL), 'unreported', NULL)
        ) AS break
    FROM pairs, tables
),
changes AS (
    SELECT
        *, if(break IS NULL, coalesce(value, 0) - coalesce(base_value, 0), NULL) AS change,
        if(whole_break IS NULL, sum(base_value) OVER (), NULL) AS base_total,
        CASE
            WHEN break IS NOT NULL THEN 'unlike'
            WHEN base_value IS NULL THEN 'entry' WHEN value IS NULL THEN 'exit'
            WHEN value >= base_value THEN 'growth' ELSE 'decline'
        END AS component
    FROM judged
),
named AS (
    SELECT *, unnest(if($by = 'component', [component, 'total'], [component])) AS part FROM changes
),
answers AS (
    SELECT
        part AS component, if($by = 'market', market, NULL) AS market,
        any_value(continent) AS continent, count(*) AS markets, sum(base_value) AS base_value, sum(value) AS value,
        if(any_value(part) <> 'total' OR any_value(whole_break) IS NULL, sum(change), NULL) AS change,
        100 * sum(change) / any_value(base_total) AS contribution_pp,
        if(any_value(part) = 'total', any_value(whole_break), any_value(break)) AS break, any_value(period) AS period, any_value(base) AS base,
        any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
    FROM named
    GROUP BY ALL
)
SELECT * REPLACE (if(market IS NULL, NULL, continent) AS continent)
FROM answers
ORDER BY list_position(['entry', 'exit', 'growth', 'decline', 'unlike', 'total'], component), abs(change) DESC, market

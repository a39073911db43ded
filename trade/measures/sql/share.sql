/* ---
title = "Share of a market"
unit = "%"
definition = "Part of the reporter's trade that goes to a market, and its change on a year earlier in percentage points."
formula = "s_j = 100 X_j / X; change = s_j,t - s_j,t-1y"
tex = '''s_j = 100\,\frac{X_j}{X}, \qquad \Delta s_j = s_{j,t} - s_{j,t-1\mathrm{y}}'''
reference = "Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP ST/ESCAP/2559"
caveats = [
    "A change of share is in percentage points, not percent.",
    "of=total divides by all trade, as official statements do; of=markets by the markets that the switches leave in, so that shares sum to 100.",
    "Blocs overlap: their shares do not add up.",
    "The sources of China's history change in 2021, 2022 and 2023: across such a change there is no change of share (`break` says why).",
    "quality is the worst of the figures that the share rests on, the whole with them.",
]
uses = ["reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated", "last", "of", "first:span"]

[parameters.by]
domain = ["market", "continent", "customs-continent", "bloc"]
default = "market"
help = "Shares of markets, of the five continents, of the six of the customs table, or of blocs with their members at the time."

[parameters.market]
domain = "economy"
help = "Only this market (by=market)."

[names]
name = { code = "market", of = ["economy", "group", "share"] }
--- */
WITH known AS MATERIALIZED (
    SELECT *, if($of = 'total', whole, sum(value) OVER (PARTITION BY period)) AS total
    FROM markets($reporter, $dataset, $flow, $freq, $currency, if($by = 'bloc', 'members', $eu), $hong_kong_macao, $reimports, $unallocated)
),
placed AS (
    SELECT
        known.*,
        CASE $by WHEN 'market' THEN market WHEN 'continent' THEN known.continent WHEN 'bloc' THEN bloc.group_code ELSE customs_continent END AS code
    FROM known
    LEFT JOIN group_member AS member ON $by = 'bloc' AND member.economy = market AND is_member(period, member.valid_from, member.valid_to)
    LEFT JOIN fact.economy_group AS bloc ON bloc.group_code = member.group_code AND bloc.kind = 'bloc'
    WHERE $by <> 'bloc' OR bloc.group_code IS NOT NULL
),
shares AS (
    SELECT
        period, any_value(period_start) AS period_start, coalesce(code, 'none') AS code, sum(value) AS value, any_value(total) AS total,
        100 * sum(value) / nullif(any_value(total), 0) AS share_pct, any_value(currency) AS currency,
        if($by = 'market', any_value(continent), NULL) AS continent, worst_quality(if(partial, 'mirror', quality)) AS quality, source_list(source_id) AS source_id,
        any_value(partial) AS partial, any_value(table_sources) AS table_sources
    FROM placed
    GROUP BY period, coalesce(code, 'none')
),
tables AS (
    SELECT DISTINCT period_start, partial, table_sources FROM shares
)
SELECT
    now.period, now.period_start, now.code AS market, now.continent, now.value, now.total, now.share_pct,
    if(break IS NULL, now.share_pct - before.share_pct, NULL) AS change_pp, break, now.currency, now.quality, now.source_id
FROM shares AS now
LEFT JOIN tables ON tables.period_start = now.period_start - INTERVAL 1 YEAR
LEFT JOIN shares AS before ON before.code = now.code AND before.period_start = now.period_start - INTERVAL 1 YEAR
CROSS JOIN LATERAL (
    SELECT coalesce(
        break_between(now.quality, before.quality, now.source_id, before.source_id),
        table_break(now.partial, tables.partial, now.table_sources, tables.table_sources)
    ) AS break
)
WHERE ($market IS NULL OR now.code = $market)
    AND in_span(now.period, coalesce($first, if($market IS NULL, (SELECT max(period) FROM known WHERE in_span(period, NULL, $last)), NULL)), $last)
ORDER BY now.period, now.value DESC, now.code

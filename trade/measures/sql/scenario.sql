/* ---
title = "Scenario of export growth"
unit = "%"
definition = "Growth of exports that follows from assumptions on demand in each market: the base year's shares times assumed growth, elasticity and a shock to one market."
formula = "g = sum_j s_j ((1 + m_j)^e (1 + k_j) - 1): m import demand growth of market j, e elasticity, k shock"
tex = '''g = \sum_j s_j \left[ (1 + m_j)^{e} (1 + k_j) - 1 \right]'''
reference = "Armington 1969, A Theory of Demand for Products Distinguished by Place of Production, IMF Staff Papers 16(1), in its simplest form"
caveats = [
    "A what-if of stated assumptions, never a forecast: every assumption is shown beside its result.",
    "Where no growth of demand is given, it is the newest WTO forecast of world goods trade for the year after the base, or zero if there is none or assumption=none; shocks are zero and the elasticity one unless given.",
    "assumption=pace takes China's own exports to each market since January of the year after the base, in dollars, for the whole year; it is growth of exports already, so the elasticity does not touch it.",
    "That forecast is of volumes; exports here are values, so prices and the exchange rate are assumed constant.",
    "No trade is diverted: what a shocked market no longer buys goes nowhere else.",
]

[parameters.reporter]
domain = "economy"
default = "CHN"
help = "The exporter: China from customs, others from the bilateral trade matrix."
[parameters.period]
domain = "year"
help = "Base year; default: the exporter's newest full year."
[parameters.assumption]
domain = ["auto", "none", "WTO", "pace"]
default = "auto"
help = "Demand growth where none is given below: zero, the WTO's forecast for the year after the base, each market's growth since January of that year, or (auto) that forecast if there is one."
[parameters.demand]
domain = "number"
minimum = -100
maximum = 1000
help = "Import demand growth of every market, percent, unless its continent has its own."
[parameters.asia]
domain = "number"
minimum = -100
maximum = 1000
help = "Import demand growth of Asia, percent."
[parameters.africa]
domain = "number"
minimum = -100
maximum = 1000
help = "Import demand growth of Africa, percent."
[parameters.europe]
domain = "number"
minimum = -100
maximum = 1000
help = "Import demand growth of Europe, percent."
[parameters.latin_america]
domain = "number"
minimum = -100
maximum = 1000
help = "Import demand growth of Latin America (with Mexico), percent."
[parameters.north_america]
domain = "number"
minimum = -100
maximum = 1000
help = "Import demand growth of North America (United States, Canada), percent."
[parameters.oceania]
domain = "number"
minimum = -100
maximum = 1000
help = "Import demand growth of Oceania, percent."
[parameters.elasticity]
domain = "number"
default = 1
minimum = 0
maximum = 10
help = "Percent by which exports to a market change when its demand changes by one percent."
[parameters.market]
domain = "economy"
help = "The market that takes the shock."
[parameters.shock]
domain = "number"
default = 0
minimum = -100
maximum = 1000
help = "Shock to exports to that market, percent: -20 for a fifth less."
[parameters.shocks]
domain = "shocks"
help = "Shocks to several markets at once: USA:-20,MEX:-10 (percent, -100 to 1000)."

[names]
name = { code = "partner", of = ["economy", "scenario"] }
--- */
WITH exports AS (
    SELECT period, partner, value, source_id
    FROM market
    WHERE dataset = if($reporter = 'CHN', 'customs', 'matrix') AND reporter = $reporter AND freq = 'A' AND flow = 'export'
        AND currency = 'USD' AND value > 0
),
base AS (
    SELECT *, value / sum(value) OVER () AS share
    FROM exports
    WHERE period = coalesce(CAST($period AS VARCHAR), (SELECT max(period) FROM exports))
),
-- the shocks by partner; if one is malformed or out of range, there is no result
shocked AS (
    SELECT partner, sum(shock) AS shock, bool_and(shock BETWEEN -100 AND 1000) AS sound
    FROM (
        SELECT upper(trim(split_part(one, ':', 1))) AS partner, coalesce(TRY_CAST(split_part(one, ':', 2) AS DOUBLE), -999) AS shock
        FROM (SELECT unnest(string_split($shocks, ',')) AS one)
    )
    GROUP BY partner
),
forecast AS (
    SELECT value AS growth_pct, source_id, forecaster || ', ' || published AS said
    FROM fact.forecast
    WHERE $assumption IN ('auto', 'WTO') AND forecaster = 'WTO' AND variable = 'World merchandise trade volume growth' AND unit = '%'
        AND year = (SELECT CAST(any_value(period) AS INTEGER) + 1 FROM base)
    ORDER BY publication_date DESC, published DESC, seq
    LIMIT 1
),
-- customs' year to date by partner in dollars, to compare the newest one after the base year with the same months
to_date AS (
    SELECT partner, period, value_cny / rate.cny_per_usd AS value, source_id
    FROM partner_month
    JOIN (
        SELECT period, any_value(value) FILTER (currency = 'CNY') / any_value(value) FILTER (currency = 'USD') AS cny_per_usd
        FROM total_trade WHERE freq = 'YTD' AND flow = 'export'
        GROUP BY period
    ) AS rate USING (period)
    WHERE $assumption = 'pace' AND $reporter = 'CHN' AND freq = 'YTD' AND flow = 'export' AND value_cny > 0
),
pace AS (
    SELECT now.partner, 100 * (now.value / former.value - 1) AS growth_pct, now.source_id, 'pace, ' || now.period AS said
    FROM to_date AS now
    JOIN to_date AS former ON former.partner = now.partner
        AND former.period = CAST(CAST(left(now.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(now.period, 5)
    WHERE now.period = (SELECT max(to_date.period) FROM to_date JOIN base ON left(to_date.period, 4) = CAST(CAST(base.period AS INTEGER) + 1 AS VARCHAR))
),
given AS (
    SELECT base.*, customs_continent AS continent, CASE customs_continent
            WHEN 'asia' THEN $asia WHEN 'africa' THEN $africa WHEN 'europe' THEN $europe WHEN 'oceania' THEN $oceania
            WHEN 'latin-america' THEN $latin_america WHEN 'north-america' THEN $north_america END AS own_pct
    FROM base
    JOIN economy ON economy.economy = partner
),
assumed AS (
    SELECT given.* EXCLUDE (own_pct), coalesce(own_pct, $demand, forecast.growth_pct, pace.growth_pct, 0) AS demand_pct,
        CASE WHEN own_pct IS NOT NULL OR $demand IS NOT NULL THEN 'given' WHEN forecast.growth_pct IS NOT NULL THEN forecast.said WHEN pace.growth_pct IS NOT NULL THEN pace.said ELSE 'none' END AS assumption,
        CAST($elasticity AS DOUBLE) AS elasticity,
        coalesce(shocked.shock, if(given.partner = $market, CAST($shock AS DOUBLE), 0)) AS shock_pct,
        given.source_id || if(own_pct IS NULL AND $demand IS NULL, coalesce(' ' || nullif(coalesce(forecast.source_id, pace.source_id), given.source_id), ''), '') AS sources
    FROM given
    LEFT JOIN forecast ON true
    LEFT JOIN pace ON pace.partner = given.partner
    LEFT JOIN shocked ON shocked.partner = given.partner
),
grown AS (
    SELECT *, 100 * (power(1 + demand_pct / 100, if(assumption LIKE 'pace%', 1, elasticity)) * (1 + shock_pct / 100) - 1) AS growth_pct
    FROM assumed
    -- no rows, instead of zeros, without a forecast or months of that year, or if a shocked partner is not a market
    WHERE ($assumption IN ('auto', 'none') OR EXISTS (FROM forecast) OR EXISTS (FROM pace)) AND ($market IS NULL OR $market IN (SELECT partner FROM base))
        AND ($shocks IS NULL OR NOT EXISTS (FROM shocked WHERE NOT sound OR partner NOT IN (SELECT partner FROM base)))
)
SELECT
    period, partner, continent, value AS base_usd, 100 * share AS share_pct, demand_pct, assumption, elasticity, shock_pct,
    growth_pct, share * growth_pct AS contribution_pp, 'part' AS kind, sources AS source_id
FROM grown
UNION ALL
SELECT
    any_value(period), 'world', NULL, sum(value), 100 * sum(share), sum(share * demand_pct),
    string_agg(DISTINCT assumption, '; ' ORDER BY assumption), any_value(elasticity), sum(share * shock_pct),
    sum(share * growth_pct), sum(share * growth_pct), 'total', max_by(sources, length(sources))
FROM grown
HAVING count(*) > 0
ORDER BY kind, abs(contribution_pp) DESC, base_usd DESC

/* ---
title = "Net barter terms of trade"
unit = "index"
definition = "The unit value of an area's exports over that of its imports: how much imports the same exports buy."
formula = "T = 100 P_x / P_m"
tex = '''T = 100\,\frac{P^{x}}{P^{m}}'''
reference = "UNCTAD; CPB World Trade Monitor, February 2026; Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP"
caveats = [
    "Unit values are not prices: they also change with the mix of goods.",
    "The index is 100 in the year on which its compiler bases the unit values: 2021 with CPB, 2015 with UNCTAD. The two are never joined.",
]
uses = ["freq:index", "first", "last"]

[parameters.area]
domain = ["CHN", "world", "USA", "JPN", "GBR", "euro-area", "advanced-economies", "other-advanced-economies", "emerging-economies", "advanced-asia-excl-japan", "emerging-asia-excl-china", "eastern-europe-cis", "latin-america-cpb", "africa-middle-east"]
default = "CHN"
help = "Economy or group of economies, as the compiler defines it."

[parameters.compiler]
domain = ["cpb", "unctad"]
default = "cpb"
help = "Who compiles the indices: CPB (2000 on, months, many areas) or UNCTAD (1980 to 2021, years, China)."

[names]
name = { code = "area", of = ["area"], after = "period_start" }
--- */
WITH level AS (
    SELECT
        if($freq = 'A', left(period, 4), period) AS period, flow, any_value(base_year) AS base_year, avg(index_value) AS index_value,
        any_value(source_id) AS source_id
    FROM fact.trade_index
    WHERE source_id = if($compiler = 'cpb', 'cpb_world_trade_monitor', 'unctad_indices') AND area = $area
        AND aspect = 'unit value' AND flow <> 'total' AND (freq = 'M' OR $freq = 'A')
    GROUP BY 1, flow, freq
    HAVING freq = 'A' OR $freq = 'M' OR count(*) = 12
),
ratio AS (
    SELECT
        period, exports.base_year, exports.index_value AS export_unit_value_index, imports.index_value AS import_unit_value_index,
        100 * exports.index_value / imports.index_value AS terms_of_trade, exports.source_id
    FROM level AS exports
    JOIN level AS imports USING (period)
    WHERE exports.flow = 'export' AND imports.flow = 'import'
)
SELECT
    now.period, CAST(left(now.period || '-01', 7) || '-01' AS DATE) AS period_start, now.base_year,
    now.export_unit_value_index, now.import_unit_value_index, now.terms_of_trade,
    100 * (now.terms_of_trade / former.terms_of_trade - 1) AS growth_pct, now.source_id, source.published
FROM ratio AS now
JOIN fact.source AS source ON source.source_id = now.source_id
LEFT JOIN ratio AS former
    ON former.period = CAST(CAST(left(now.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(now.period, 5)
WHERE in_span(now.period, $first, $last)
ORDER BY now.period

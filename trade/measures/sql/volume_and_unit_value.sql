/* ---
title = "Volume and unit value"
unit = "%"
definition = "Growth of the dollar value of trade, split into the growth of its volume and of its unit value, with what the two leave of the growth that customs publishes."
formula = "(1 + g_value) = (1 + g_volume)(1 + g_unit value); remainder = customs' growth in dollars - g_value"
tex = '''1 + g^{V} = (1 + g^{Q})(1 + g^{P}), \qquad r = g^{\mathrm{customs}} - g^{V}'''
reference = "CPB World Trade Monitor, February 2026; UNCTAD indices in the World Development Indicators"
caveats = [
    "A unit value is not a price: it also changes with the mix of goods, so dearer goods within a group look like a rise in price.",
    "CPB has months, seasonally adjusted, and later monitors revise them: a year is the mean of its months. UNCTAD has years to 2021, for China alone. The two are never joined.",
    "The remainder exists for China's years only: what differs between the compiler's value and customs' own growth in dollars, which uses customs' revised base. CPB's months are seasonally adjusted and customs' are not.",
    "Unit values are in dollars: a weaker dollar raises them.",
]
uses = ["freq:index", "first", "last"]

[parameters.flow]
domain = ["export", "import", "total"]
default = "export"
help = "Direction of the area's trade; total (the mean of exports and imports) is the world's only."

[parameters.area]
domain = ["CHN", "world", "USA", "JPN", "GBR", "euro-area", "advanced-economies", "other-advanced-economies", "emerging-economies", "advanced-asia-excl-japan", "emerging-asia-excl-china", "eastern-europe-cis", "latin-america-cpb", "africa-middle-east"]
default = "CHN"
help = "Economy or group of economies, as the compiler defines it."

[parameters.compiler]
domain = ["cpb", "unctad"]
default = "cpb"
help = "Who compiles the indices: CPB (2000 on, months, many areas) or UNCTAD (1980 to 2021, years, China)."

[names]
name = { code = "area", of = ["area"] }
--- */
WITH level AS (
    SELECT
        if($freq = 'A', left(period, 4), period) AS period, aspect, area, any_value(base_year) AS base_year, avg(index_value) AS index_value,
        any_value(source_id) AS source_id
    FROM fact.trade_index
    WHERE source_id = if($compiler = 'cpb', 'cpb_world_trade_monitor', 'unctad_indices') AND area = $area AND flow = $flow
        AND aspect <> 'terms of trade' AND (freq = 'M' OR $freq = 'A')
    -- a year without an annual figure is the mean of twelve months
    GROUP BY 1, aspect, area, freq
    HAVING freq = 'A' OR $freq = 'M' OR count(*) = 12
),
beside AS (
    SELECT volume.period, volume.area, volume.base_year, volume.index_value AS volume, price.index_value AS unit_value, volume.source_id
    FROM level AS volume
    JOIN level AS price USING (period)
    WHERE volume.aspect = 'volume' AND price.aspect = 'unit value'
),
changes AS (
    SELECT
        now.*, 100 * (now.volume / former.volume - 1) AS volume_growth_pct, 100 * (now.unit_value / former.unit_value - 1) AS unit_value_growth_pct,
        100 * (now.volume * now.unit_value / (former.volume * former.unit_value) - 1) AS value_growth_pct
    FROM beside AS now
    LEFT JOIN beside AS former
        ON former.period = CAST(CAST(left(now.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(now.period, 5)
),
customs AS (
    SELECT period, growth_pct, growth_source_id FROM total_trade
    WHERE $area = 'CHN' AND flow = $flow AND freq = 'A' AND $freq = 'A' AND currency = 'USD'
)
SELECT
    changes.period, CAST(left(changes.period || '-01', 7) || '-01' AS DATE) AS period_start, changes.area, volume AS volume_index, unit_value AS unit_value_index, volume * unit_value / 100 AS value_index, base_year,
    volume_growth_pct, unit_value_growth_pct, value_growth_pct, customs.growth_pct AS customs_growth_pct,
    customs.growth_pct - value_growth_pct AS remainder_pp,
    changes.source_id || coalesce(' ' || growth_source_id, '') AS source_id, source.published
FROM changes
JOIN fact.source AS source ON source.source_id = changes.source_id
LEFT JOIN customs USING (period)
WHERE in_span(changes.period, $first, $last)
ORDER BY changes.period

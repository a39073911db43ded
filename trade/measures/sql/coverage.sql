/* ---
title = "Coverage"
unit = "figures"
definition = "How many figures each source gives for each year."
formula = "n(s, y) = number of figures of source s on year y"
tex = '''n(s, y) = \left|\{\, x : \mathrm{source}(x) = s,\ \mathrm{year}(x) = y \,\}\right|'''
reference = "A count of the figures behind this dashboard"
caveats = [
    "A year without figures is left out, never counted as zero.",
    "Sums over several years (2021 to 2025) are counted in their last year.",
    "Figures are single values: one per period, place, product and flow. Names, groups, statements, forecasts and events are not counted.",
]
uses = ["source:id", "first:year", "last:year"]
--- */
WITH figures AS (
    SELECT source_id, right(split_part(period, '-', 1), 4) AS year, freq FROM fact.released_figure
    UNION ALL SELECT source_id, left(period, 4), freq FROM fact.partner_trade
    UNION ALL SELECT source_id, left(period, 4), freq FROM fact.group_trade
    UNION ALL SELECT source_id, left(period, 4), freq FROM fact.commodity_trade
    UNION ALL SELECT source_id, CAST(year AS VARCHAR), 'A' FROM fact.partner_year
    UNION ALL SELECT source_id, CAST(year AS VARCHAR), 'A' FROM fact.bilateral_export
    UNION ALL SELECT source_id, CAST(year AS VARCHAR), 'A' FROM fact.top_destination
    UNION ALL SELECT source_id, CAST(year AS VARCHAR), 'A' FROM fact.destination_share
)
SELECT
    year AS period, source_id, any_value(source.title) AS title, any_value(source.producer) AS producer, count(*) AS figures,
    string_agg(DISTINCT freq, ' ' ORDER BY freq) AS freqs
FROM figures
JOIN fact.source AS source USING (source_id)
WHERE ($source IS NULL OR source_id = $source) AND ($first IS NULL OR year >= CAST($first AS VARCHAR)) AND ($last IS NULL OR year <= CAST($last AS VARCHAR))
GROUP BY year, source_id
ORDER BY source_id, period

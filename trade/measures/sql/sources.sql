/* ---
title = "Sources"
unit = "figures"
definition = "Who published the figures, on what terms, how many of them there are, and how new they are."
formula = "n(s) = number of figures of source s"
tex = '''n(s) = \left|\{\, x : \mathrm{source}(x) = s \,\}\right|'''
reference = "The description beside the files of each source (source.toml)"
caveats = [
    "Figures are single values: one per period, place, product and flow as the source prints them.",
    "published is the newest publication that was read, not the newest that exists; accessed is the day on which it was read.",
    "Most figures were read in copies of official tables: the citation names the copy.",
]
uses = ["source:id"]
--- */
WITH periods AS (
    SELECT source_id, period FROM fact.released_figure
    UNION ALL SELECT source_id, period FROM fact.partner_trade
    UNION ALL SELECT source_id, period FROM fact.group_trade
    UNION ALL SELECT source_id, period FROM fact.commodity_trade
    UNION ALL SELECT source_id, CAST(year AS VARCHAR) FROM fact.partner_year
    UNION ALL SELECT source_id, CAST(year AS VARCHAR) FROM fact.bilateral_export
    UNION ALL SELECT source_id, CAST(year AS VARCHAR) FROM fact.top_destination
    UNION ALL SELECT source_id, CAST(year AS VARCHAR) FROM fact.destination_share
),
spans AS (
    SELECT source_id, min(left(period, 4)) AS first_year, max(right(left(period, 9), 4)) FILTER (WHERE period LIKE '%/%') AS span_end,
        max(period) FILTER (WHERE period NOT LIKE '%/%') AS newest_period
    FROM periods
    GROUP BY source_id
),
files AS (
    SELECT source_id, count(*) AS files, sum(row_count) AS figures, string_agg(DISTINCT fact_table, ' ' ORDER BY fact_table) AS tables
    FROM fact.source_file
    GROUP BY source_id
)
SELECT
    source_id, title, producer, CAST(coalesce(figures, 0) AS BIGINT) AS figures, CAST(coalesce(files, 0) AS BIGINT) AS files,
    first_year, newest_period, source.published, source.accessed, source.unit, source.currency, source.valuation, source.coverage,
    source.licence, source.warnings, source.citation, source.url AS source_url, tables
FROM fact.source AS source
LEFT JOIN files USING (source_id)
LEFT JOIN spans USING (source_id)
WHERE $source IS NULL OR source_id = $source
ORDER BY figures DESC, source_id

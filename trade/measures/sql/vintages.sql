/* ---
title = "Vintages"
unit = "rows"
definition = "What was imported or fetched, and when: each vintage of a source with its rows that were new, unchanged, revised or withdrawn."
formula = "rows of a vintage = new + as before + revised"
tex = '''n(v) = n_{\mathrm{new}}(v) + n_{\mathrm{same}}(v) + n_{\mathrm{revised}}(v)'''
reference = "The files of each vintage, kept unchanged"
caveats = [
    "The figures that the dashboard comes with are the vintage before the first one listed.",
    "A vintage older than the current figures is stored as an earlier one: its rows count as neither new nor revised.",
]
needs = "nothing has been imported or fetched yet: the facts are those shipped with the dashboard"
uses = ["source:id"]
--- */
SELECT
    source_id, title, batch, vintage AS published, any_value(received) AS received, string_agg(DISTINCT fact_table, ' ' ORDER BY fact_table) AS tables,
    sum(row_count)::BIGINT AS row_count, sum(rows_new)::BIGINT AS rows_new, sum(rows_same)::BIGINT AS rows_same,
    sum(rows_revised)::BIGINT AS rows_revised, sum(rows_withdrawn)::BIGINT AS rows_withdrawn
FROM fact.batch
JOIN fact.source USING (source_id)
WHERE $source IS NULL OR source_id = $source
GROUP BY source_id, title, batch, vintage
ORDER BY published, received, source_id, batch

/* ---
title = "Economies"
unit = "economies"
definition = "The economies and customs areas that the tables name, and the rows of trade without a named partner: their names, continents, where a map draws them, the years for which the bilateral trade matrix has their exports, and the years at whose end they were members of the EU."
formula = "number of years i with X_i > 0 in the bilateral trade matrix"
tex = '''\#\{\,t : X_{i,t} > 0\,\}'''
reference = "ISO 3166-1; UN M49; customs table by country (region); shapes: Natural Earth"
caveats = [
    "Names and continents are those of the customs table where it has them; they imply no opinion on any status.",
    "A partner list includes territories, and rows that name no economy: `kind` distinguishes them.",
]

[parameters.kind]
domain = ["economy", "area", "residual", "unallocated", "historical"]
help = "Only rows of this kind; default all."

[names]
name = { code = "economy", of = ["economy"] }
--- */
WITH exporting AS (
    SELECT exporter AS economy, min(year) AS exports_first, max(year) AS exports_last, count(DISTINCT year) AS exports_years
    FROM bilateral
    GROUP BY exporter
),
-- the first and last year at the end of which an economy was a member of the EU
member AS (
    SELECT economy, min(year(valid_from)) AS eu_first, max(coalesce(year(valid_to + INTERVAL 1 DAY) - 1, 9999)) AS eu_last
    FROM fact.group_member
    WHERE group_code = 'eu'
    GROUP BY economy
)
SELECT
    economy, known.kind, known.iso2, known.continent, known.customs_continent, known.longitude, known.latitude, known.drawn,
    exports_first, exports_last, coalesce(exports_years, 0) AS exports_years,
    eu_first, eu_last, known.source_id
FROM fact.economy AS known
LEFT JOIN exporting USING (economy)
LEFT JOIN member USING (economy)
WHERE $kind IS NULL OR known.kind = $kind
ORDER BY economy

/* ---
title = "Change between two vintages"
unit = "%"
definition = "Every value that differs between what was known at one vintage and at a later one: revised, given for the first time in a known row, or withdrawn."
formula = "d = X_to / X_from - 1"
tex = '''d_i = \frac{X_i^{\mathrm{to}}}{X_i^{\mathrm{from}}} - 1'''
reference = "OECD and Eurostat, Guidelines on Revisions Policy and Analysis"
caveats = [
    "old_value and new_value are in the unit of the column that is named; a rate is told as both values, not as a percentage of itself.",
    "Rows that are new in the later vintage are counted in the measure vintages, not listed here.",
    "Of a file with more than 20,000 revised values the largest changes are listed; all earlier rows are in the schema former.",
]
needs = "no import or update has revised a figure yet"
uses = ["source:id"]

[parameters.from_vintage]
domain = "date"
help = "What was known on this day (2026-01-31); default: the figures that the dashboard comes with."

[parameters.to_vintage]
domain = "date"
help = "What was known on this day; default: the newest vintage."

[parameters.table]
domain = "text"
help = "Only this table of figures."
--- */
WITH steps AS (
    SELECT * FROM fact.revision
    JOIN (SELECT DISTINCT source_id, batch, received FROM fact.batch) USING (source_id, batch)
    WHERE ($source IS NULL OR source_id = $source) AND ($table IS NULL OR fact_table = $table)
        AND ($from_vintage IS NULL OR last_day_of(vintage) > last_day_of(CAST($from_vintage AS VARCHAR)))
        AND ($to_vintage IS NULL OR last_day_of(vintage) <= last_day_of(CAST($to_vintage AS VARCHAR)))
),
changes AS (
    SELECT
        source_id, fact_table, place, column_name, any_value(period) AS period, first(old_value ORDER BY vintage, received) AS old_value,
        last(new_value ORDER BY vintage, received) AS new_value, first(old_vintage ORDER BY vintage, received) AS old_vintage,
        max(vintage) AS published
    FROM steps
    GROUP BY source_id, fact_table, place, column_name
)
SELECT
    source_id, fact_table, place, column_name, period, old_value, new_value,
    if(column_name LIKE '%growth_pct' OR column_name = 'share_pct', NULL, 100 * (new_value / nullif(old_value, 0) - 1)) AS change_pct, old_vintage, published
FROM changes
WHERE old_value IS DISTINCT FROM new_value
ORDER BY abs(coalesce(change_pct, 0)) DESC, source_id, fact_table, place, column_name

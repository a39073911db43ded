/* ---
title = "Larger of two partners"
unit = "economies"
definition = "How many economies trade more with one partner than with another, such as China and the United States."
formula = "n(a, b) = number of economies i with X_ia + M_ia > X_ib + M_ib"
tex = '''n(a,b) = \#\{\, i : X_{ia} + M_{ia} > X_{ib} + M_{ib} \,\}'''
reference = "Lowy Institute 2019, The Interpreter, Chart of the week: Global trade through a US-China lens"
caveats = [
    "The two partners themselves are not counted; economies that trade with neither in the table are not counted either.",
    "Before 2000 only economies that reported to the UN in that year are counted; there is no bilateral trade matrix for 2021, 2022, 2024 and 2025.",
    "The Lowy Institute used IMF figures of 190 countries; the bilateral trade matrix also ranks territories.",
]
uses = ["partner", "first:by_year", "last:by_year"]

[parameters.partner]
default = "CHN"

[parameters.rival]
domain = "economy"
default = "USA"
help = "The partner it is compared with."

[parameters.by]
domain = ["year", "economy"]
default = "year"
help = "One row per year, or one row per economy in a year."

[parameters.flow]
domain = ["export", "import", "total"]
default = "total"
help = "The economies' exports, imports, or both together."

[parameters.period]
domain = "year"
only = { by = ["economy"] }
help = "Year, if by=economy; default: the newest year of the bilateral trade matrix."

[names]
name = { code = "reporter", of = ["economy"] }
--- */
WITH traded AS (
    SELECT year, exporter AS reporter, importer AS partner, value_usd, source_id FROM bilateral
    WHERE importer IN ($partner, $rival) AND $flow <> 'import'
    UNION ALL
    SELECT year, importer, exporter, value_usd, source_id FROM bilateral
    WHERE exporter IN ($partner, $rival) AND $flow <> 'export'
),
sides AS (
    SELECT year, reporter, coalesce(sum(value_usd) FILTER (WHERE partner = $partner), 0) AS partner_usd,
        coalesce(sum(value_usd) FILTER (WHERE partner = $rival), 0) AS rival_usd, any_value(source_id) AS source_id
    FROM traded
    SEMI JOIN destination_rank AS listed ON listed.year = traded.year AND listed.reporter = traded.reporter
        AND dataset = 'matrix' AND flow = 'export' AND eu = 'members' AND rank = 1
    WHERE $partner <> $rival AND traded.reporter NOT IN ($partner, $rival) AND CASE $by
        WHEN 'economy' THEN traded.year = coalesce($period, (SELECT max(year) FROM bilateral))
        ELSE ($first IS NULL OR traded.year >= $first) AND ($last IS NULL OR traded.year <= $last) END
    GROUP BY ALL
),
answers AS (
    SELECT year, NULL AS reporter, count(*) FILTER (WHERE partner_usd > rival_usd) AS economies,
        count(*) FILTER (WHERE partner_usd > 2 * rival_usd) AS twice, count(*) AS reporters,
        sum(partner_usd) AS partner_usd, sum(rival_usd) AS rival_usd, any_value(source_id) AS source_id
    FROM sides WHERE $by = 'year'
    GROUP BY year
    UNION ALL
    SELECT year, reporter, CAST(partner_usd > rival_usd AS INTEGER), CAST(partner_usd > 2 * rival_usd AS INTEGER), 1, partner_usd, rival_usd, source_id
    FROM sides WHERE $by = 'economy'
)
SELECT
    CAST(year AS VARCHAR) AS period, $partner AS partner, $rival AS rival, reporter, customs_continent AS continent,
    economies, twice, reporters, 100 * economies / reporters AS share_of_reporters_pct,
    partner_usd, rival_usd, partner_usd / nullif(rival_usd, 0) AS ratio, source_id
FROM answers
LEFT JOIN economy ON economy.economy = reporter
ORDER BY year, ratio DESC NULLS FIRST, reporter

/* ---
title = "Export market share"
unit = "%"
definition = "An exporter's share of all that a market buys from the world (or of the world's exports)."
formula = "X_ij / X_wj"
tex = '''m_{ij} = \frac{X_{ij}}{\sum_i X_{ij}}'''
reference = "International Trade Centre, Trade Map; Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP ST/ESCAP/2559"
caveats = [
    "What a market buys is the sum of all exporters' sales to it in the bilateral trade matrix, not its own import figure.",
    "Taiwan's exports are missing from 2000 to 2020, and before 2000 those of every economy that did not report: shares are then too high.",
    "1999-2000 and 2020-2023 join different sources or releases; there is no bilateral trade matrix for 2021, 2022, 2024 and 2025.",
]
uses = ["reporter:exporter", "by", "period:by_partner", "first:by_year", "last:by_year"]

[parameters.partner]
domain = "economy"
help = "The market; default: all markets, or the world if by=year."

[names]
name = { code = "partner", of = ["economy", "world"] }
--- */
WITH sold AS (
    SELECT year, exporter, importer, value_usd, source_id
    FROM bilateral
    WHERE ($partner IS NULL OR importer = $partner) AND CASE $by
        WHEN 'partner' THEN year = coalesce($period, (SELECT max(year) FROM bilateral))
        ELSE ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last) END
),
-- one row per year, market and exporter; the world is a market too if no partner is given
supplied AS (
    SELECT year, importer AS partner, exporter, value_usd, source_id FROM sold WHERE $by = 'partner' OR $partner IS NOT NULL
    UNION ALL
    SELECT year, 'world', exporter, sum(value_usd), any_value(source_id) FROM sold WHERE $partner IS NULL GROUP BY year, exporter
),
own AS (
    SELECT year, partner, value_usd, source_id FROM supplied WHERE exporter = $reporter
),
shares AS (
    SELECT year, partner, any_value(own.value_usd) AS value_usd, sum(supplied.value_usd) AS market_usd,
        count(*) FILTER (WHERE supplied.value_usd > own.value_usd) + 1 AS rank, count(*) AS exporters, any_value(own.source_id) AS source_id
    FROM own JOIN supplied USING (year, partner)
    GROUP BY year, partner
),
answers AS (
    SELECT *, 100 * value_usd / market_usd AS share_pct FROM shares
)
SELECT
    CAST(now.year AS VARCHAR) AS period, now.partner, economy.customs_continent AS continent, now.value_usd, now.market_usd, now.share_pct, now.share_pct - before.share_pct AS change_pp,
    now.rank, now.exporters, if(now.partner = 'world', 'total', 'part') AS kind, now.source_id
FROM answers AS now
LEFT JOIN answers AS before ON before.partner = now.partner AND before.year = now.year - 1
LEFT JOIN economy ON economy.economy = now.partner
ORDER BY now.year, kind, now.value_usd DESC, now.partner

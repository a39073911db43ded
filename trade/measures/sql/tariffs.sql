/* ---
title = "Tariffs by date"
unit = "%"
definition = "The average tariff between the United States and China, or the tariff that the United States added in 2025 and 2026, from each date of change on, as its source states it."
formula = "rates as stated; change = r_d - r_d', with d' the date before d of the same source, importer and exporter"
tex = '''\Delta r_d = r_d - r_{d'}'''
reference = "Chad P. Bown, US-China trade war tariffs, PIIE; Michael E. Waugh, Trade War tracker"
caveats = [
    "The two sources differ in weights, base and exemptions, the tracker is far below PIIE: never one series.",
    "PIIE: trade-weighted averages as the text of its page states them at some dates, not every change; the levels after November 2025 were read second hand and are left out.",
    "The tracker's added tariff weighs with the imports of 2024; the rate applied in 2024 comes on top (10.87% on goods of China).",
    "announced is true for dates after the tracker's last day: measures announced by then, which may have changed since.",
    "No effect of tariffs on trade is computed.",
]
uses = ["first", "last"]

[parameters.compiler]
domain = ["piie", "tracker"]
default = "piie"
help = "Who compiles the rates: PIIE (averages of the US and China, 2018 on) or the Trade War tracker (added US tariffs by partner, 2025 on)."

[parameters.importer]
domain = ["USA", "CHN"]
default = "USA"
help = "Who levies the tariff; the tracker has the United States only."

[parameters.exporter]
domain = ["CHN", "USA", "CAN", "IND", "JPN", "KOR", "MEX", "TWN", "THA", "VNM", "world", "others"]
help = "Whose goods: default the other of the two; world is all imports of the United States (tracker), others the rest of the world (PIIE, on China's side)."

[names]
name = { code = "exporter", of = ["economy", "world", "tariffs"] }
--- */
WITH stated AS (
    SELECT *, CAST(date || substr('-01', 1, if(length(date) = 7, 3, 0)) AS DATE) AS day, rate_pct - lag(rate_pct) OVER (ORDER BY date) AS change_pp
    FROM fact.tariff_rate
    WHERE source_id = if($compiler = 'piie', 'piie_tariffs', 'trade_war_tracker') AND kind <> 'coverage' AND importer = $importer
        AND exporter = coalesce($exporter, if($importer = 'USA', 'CHN', 'USA'))
)
SELECT
    date AS period, day AS period_start, stated.kind, importer, exporter, rate_pct AS tariff_pct, change_pp, announced, stated.note, stated.source_id, source_title, source_url, published
FROM stated
WHERE in_span(date, $first, $last)
ORDER BY day

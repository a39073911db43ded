/* ---
title = "First destinations"
unit = "economies"
definition = "For how many economies a partner is the largest destination of their exports (or source of imports, or partner in two-way trade), or among the largest two or three."
formula = "n(d) = number of economies i with rank of X_id among all X_ij at most k; k = 1 for first destinations"
tex = '''n(d) = \#\{\, i : \operatorname{rank}_j (X_{ij})|_{j=d} \le k \,\}'''
reference = "After the count of the Lowy Institute, 2019, Global trade through a US-China lens; bilateral trade matrix: Gaulier & Zignago 2010, BACI, CEPII Working Paper 2010-23"
caveats = [
    "Counted from each economy's own exports, not from China's: the coverage says how many economies are in the year's table.",
    "The count depends on the source by several units: datasets are never mixed, and there is no bilateral trade matrix for 2021, 2022, 2024 and 2025.",
    "1962-1999 covers only economies that reported to the UN; sources of imports then come from those reports only.",
    "The bilateral trade matrix leaves out Taiwan from 2000 to 2020 and includes it in 2023; it ranks economies and territories alike.",
    "eu=one drops trade inside the EU, and its members count as one exporter; only the bilateral trade matrix can do that.",
    "cia gives whole percents, so places can tie; oecd lists were cut before the source's double counting was corrected, so places after the first may be displaced: `uncertain` counts both.",
    "imf is a single reading, not a series: the latest annual value of each pair, so the years 2022 to 2025 mix within an economy, and the IMF fills gaps with partners' data.",
    "Official sentences that speak of a main or primary destination may mean one of the largest three.",
]
uses = ["flow:ranked", "eu:ranked", "dataset:ranked", "first:year", "last:year"]

[parameters.partner]
domain = "economy"
help = "Only this partner, with years in which it counts none; default: the partners with the largest counts."
[parameters.top]
domain = "integer"
default = 1
minimum = 1
maximum = 3
help = "The lowest rank that counts: 1 first only, 3 among the first three."
[parameters.hong_kong_macao]
domain = ["in", "out"]
default = "in"
help = "Whether Hong Kong and Macao can be a destination; if out, the next partner takes their place."
[parameters.limit]
domain = "integer"
default = 5
minimum = 1
maximum = 300
help = "How many partners a year, if none is named."

[names]
name = { code = "partner", of = ["economy", "group"] }
--- */
WITH ranked AS (
    SELECT year, reporter, partner, total_usd, rank_certain, source_id,
        if($hong_kong_macao = 'in', rank, rank_without_hk_macao) AS place
    FROM destination_rank
    WHERE dataset = $dataset AND flow = $flow AND eu = $eu
        AND ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last)
),
-- weights: share in exports by year of the matrix, from 2000 on, where it is complete; the nearest year is used
weight AS (
    SELECT year AS weight_year, reporter, any_value(total_usd) / sum(any_value(total_usd)) OVER (PARTITION BY year) AS weight
    FROM destination_rank
    WHERE dataset = 'matrix' AND flow = 'export' AND eu = $eu AND rank = 1 AND year >= 2000
    GROUP BY year, reporter
),
nearest AS (
    SELECT table_year.year, min_by(weight_year, abs(weight_year - table_year.year) * 10000 - weight_year) AS weight_year
    FROM (SELECT DISTINCT year FROM ranked) AS table_year, (SELECT DISTINCT weight_year FROM weight)
    WHERE table_year.year >= 2000
    GROUP BY table_year.year
),
coverage AS (
    SELECT listed.year, count(*) AS reporters, sum(total_usd) AS total_usd, 100 * sum(weight) AS covered_pct,
        any_value(weight_year) AS covered_in, any_value(listed.source_id) AS source_id
    FROM (SELECT year, reporter, any_value(total_usd) AS total_usd, any_value(source_id) AS source_id FROM ranked WHERE place = 1 GROUP BY ALL) AS listed
    LEFT JOIN nearest USING (year)
    LEFT JOIN weight USING (weight_year, reporter)
    GROUP BY listed.year
),
counted AS (
    SELECT year, partner, count(*) AS economies, count(*) FILTER (WHERE NOT rank_certain) AS uncertain, sum(total_usd) AS total_usd
    FROM ranked
    WHERE place <= $top
    GROUP BY year, partner
),
asked AS (
    SELECT coverage.year, CAST(if($eu = 'one' AND member.economy IS NOT NULL, 'eu', $partner) AS VARCHAR) AS partner
    FROM coverage
    LEFT JOIN fact.group_member AS member ON member.group_code = 'eu' AND member.economy = $partner
        AND member.valid_from <= make_date(coverage.year, 12, 31)
        AND (member.valid_to IS NULL OR member.valid_to >= make_date(coverage.year, 12, 31))
    WHERE $partner IS NOT NULL AND NOT ($hong_kong_macao = 'out' AND $partner IN ('HKG', 'MAC'))
    UNION ALL
    SELECT year, partner FROM counted WHERE $partner IS NULL
),
answers AS (
    SELECT *, coalesce(counted.economies, 0) AS number, rank() OVER (PARTITION BY year ORDER BY counted.economies DESC NULLS LAST) AS position
    FROM asked
    LEFT JOIN counted USING (year, partner)
)
SELECT
    CAST(answers.year AS VARCHAR) AS period, partner, number AS economies, reporters, 100 * number / reporters AS share_of_reporters_pct,
    if(number = 0, 0, 100 * answers.total_usd / coverage.total_usd) AS share_of_trade_pct,
    coalesce(uncertain, 0) AS uncertain, if($partner IS NULL, position, NULL) AS position, covered_pct, covered_in, coverage.source_id
FROM answers
JOIN coverage USING (year)
WHERE position <= $limit OR $partner IS NOT NULL
ORDER BY answers.year, number DESC, partner

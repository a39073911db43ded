/* ---
title = "Share and rank in world trade"
unit = "%"
definition = "An economy's share of the world's goods exports, imports or two-way trade in the bilateral trade matrix, its rank, and for how many years of the matrix in a row it has had that rank."
formula = "s_i = X_i / sum of X_i; rank by X_i"
tex = '''s_i = \frac{X_i}{\sum_i X_i}'''
reference = "WTO, World Trade Statistics (leading traders), applied to the bilateral trade matrix of CEPII (BACI)"
caveats = [
    "The world is the sum of the bilateral trade matrix: Taiwan is missing from 2000 to 2020, and before 2000 every economy that did not report.",
    "The bilateral trade matrix reconciles exporters' and importers' reports, so values and shares differ from the WTO's, which sum exporters' own figures.",
    "There is no bilateral trade matrix for 2021, 2022, 2024 and 2025: a run ends there.",
    "The members of the EU are single economies.",
]
uses = ["first:year", "last:year"]

[parameters.reporter]
domain = "economy"
default = "CHN"
help = "The economy."
[parameters.flow]
domain = ["export", "import", "total"]
default = "export"
help = "Direction of its trade; total is exports plus imports."
--- */
WITH economies AS (
    -- several partners may share rank 1; each row has the total of the economy
    SELECT year, reporter, any_value(total_usd) AS value, any_value(source_id) AS source_id FROM destination_rank
    WHERE dataset = 'matrix' AND eu = 'members' AND flow = $flow AND rank = 1
    GROUP BY year, reporter
),
placed AS (
    SELECT
        *, sum(value) OVER (PARTITION BY year) AS world, count(*) OVER (PARTITION BY year) AS economies,
        rank() OVER (PARTITION BY year ORDER BY value DESC) AS rank
    FROM economies
),
own AS (
    SELECT *, coalesce(lag(year) OVER years = year - 1 AND lag(rank) OVER years = rank, false) AS same
    FROM placed WHERE reporter = $reporter
    WINDOW years AS (ORDER BY year)
),
runs AS (
    SELECT *, count(*) FILTER (WHERE NOT same) OVER (ORDER BY year) AS run_number FROM own
)
SELECT
    CAST(year AS VARCHAR) AS period, value, world, 100 * value / world AS share_pct, CAST(rank AS INTEGER) AS rank,
    count(*) OVER (PARTITION BY run_number ORDER BY year) AS run, economies, source_id
FROM runs
QUALIFY ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last)
ORDER BY year

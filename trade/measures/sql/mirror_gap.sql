/* ---
title = "Mirror gap"
unit = "%"
definition = "What partners report of their trade with China, less what China reports, in percent of China's figure."
formula = "(M_j reported by partner j - X_j reported by China) / X_j; for China's imports likewise with the partner's exports"
tex = '''\mathit{gap}_j = \frac{M_j^{\text{partner}} - X_j^{\text{China}}}{X_j^{\text{China}}}'''
reference = "Ferrantino & Wang 2008, Accounting for discrepancies in bilateral trade: the case of China, Hong Kong, and the United States, China Economic Review 19"
caveats = [
    "Exports are reported FOB, imports CIF: freight and insurance alone make partners' figures of China's exports higher, and of China's imports lower.",
    "Goods re-exported through Hong Kong are China's exports to Hong Kong and the buyer's imports from China; parcels below a threshold are in one report only.",
    "Only partners that both sides report are compared: 13 partners had reported 2025 when the figures were collected, 127 to 132 had reported 2024.",
    "China's figures: IMF Direction of Trade to 2020 (imports to 2022), a few partners in 2021-2022, 2023 as implied by 2024 and its growth, then customs in yuan at the yearly rate of the official totals.",
    "China's re-imports (partner CHN) are left out.",
]
uses = ["first:by_year", "last:by_year"]

[parameters.by]
domain = ["partner", "year"]
default = "partner"
help = "One row per partner in a year, or one row per year for a partner (default: all that both sides report)."
[parameters.flow]
domain = ["export", "import"]
default = "export"
help = "China's exports against partners' imports, or China's imports against partners' exports."
[parameters.period]
domain = "year"
default = 2024
only = { by = ["partner"] }
help = "Year, if by=partner."
[parameters.partner]
domain = "economy"
help = "Only this partner."

[names]
name = { code = "partner", of = ["economy", "mirror_gap"] }
--- */
WITH china AS (
    SELECT year, partner, value_usd, quality, source_id, count(*) OVER (PARTITION BY year) AS partners
    FROM partner_annual
    WHERE flow = $flow AND quality <> 'mirror' AND partner <> 'CHN' AND value_usd IS NOT NULL
),
total AS (
    SELECT year(period_start) AS year, value AS total_usd FROM total_trade WHERE freq = 'A' AND currency = 'USD' AND flow = $flow
),
mirror AS (
    SELECT year, partner, sum(value_usd) AS value_usd, any_value(source_id) AS source_id
    FROM fact.partner_year
    WHERE flow = $flow AND quality = 'mirror' AND partner <> 'CHN'
    GROUP BY year, partner
),
compared AS (
    SELECT year, partner, china.value_usd AS china_usd, mirror.value_usd AS partner_usd, quality, total_usd, partners,
        china.source_id || ' ' || mirror.source_id AS source_id
    FROM china
    JOIN mirror USING (year, partner)
    LEFT JOIN total USING (year)
    WHERE ($partner IS NULL OR partner = $partner) AND CASE $by
        WHEN 'partner' THEN year = $period
        ELSE ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last) END
),
answers AS (
    SELECT year, partner, china_usd, partner_usd, quality, 1 AS compared_partners, total_usd, partners, source_id, 'part' AS kind
    FROM compared WHERE $by = 'partner' OR $partner IS NOT NULL
    UNION ALL
    SELECT year, 'world', sum(china_usd), sum(partner_usd), max(quality), count(*), any_value(total_usd), any_value(partners),
        array_to_string(list_sort(list_distinct(flatten(list(string_split(source_id, ' '))))), ' '), 'total'
    FROM compared WHERE $partner IS NULL
    GROUP BY year
)
SELECT
    CAST(year AS VARCHAR) AS period, partner, customs_continent AS continent, china_usd, partner_usd, partner_usd - china_usd AS gap_usd, 100 * (partner_usd - china_usd) / nullif(china_usd, 0) AS gap_pct,
    if($flow = 'export', 'FOB', 'CIF') AS china_valuation, if($flow = 'export', 'CIF', 'FOB') AS partner_valuation, quality AS china_quality,
    compared_partners, partners AS china_partners, 100 * china_usd / total_usd AS covered_pct, answers.kind, source_id
FROM answers
LEFT JOIN economy ON economy.economy = partner
ORDER BY year, answers.kind, abs(gap_usd) DESC, partner

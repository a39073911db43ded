/* ---
title = "List of partners"
unit = "value"
definition = "Every economy or area with which China's figures show trade, with its codes and names, its two-way trade in the newest year it was listed, and its rank among partners in that year."
formula = "X_j + M_j; r_j = 1 + number of partners with more"
tex = '''T_j = X_j + M_j, \qquad r_j = 1 + \#\{T_k : T_k > T_j\}'''
reference = "General Administration of Customs, table of imports and exports by country (region); ISO 3166-1"
caveats = [
    "Values are dollars; the newest year differs for a partner that later tables do not list.",
    "China itself is its re-imports; residual and unallocated rows have no rank.",
]

[names]
name = { code = "partner", of = ["economy"] }
--- */
WITH traded AS (
    SELECT year, partner, sum(value_usd) AS value, array_to_string(list_sort(list_distinct(list(source_id))), ' ') AS source_id
    FROM partner_annual WHERE value_usd IS NOT NULL
    GROUP BY year, partner
),
ranked AS (
    SELECT traded.*, economy.* EXCLUDE (economy, longitude, latitude, drawn, m49, continent),
        partner <> 'CHN' AND kind NOT IN ('residual', 'unallocated') AS ranks
    FROM traded JOIN economy ON economy.economy = partner
),
placed AS (
    SELECT *, if(ranks, dense_rank() OVER (PARTITION BY year, ranks ORDER BY value DESC), NULL) AS rank FROM ranked
)
SELECT partner, iso2, kind, customs_continent AS continent, CAST(year AS VARCHAR) AS period, value, rank, note, source_id
FROM placed
QUALIFY row_number() OVER (PARTITION BY partner ORDER BY year DESC) = 1
ORDER BY year DESC, value DESC, partner

/* ---
title = "Balance with a partner"
unit = "value"
definition = "China's exports to one partner, an economy or a group, its imports from it, and the difference, with what kind of figure each is."
formula = "X_j; M_j; X_j - M_j; normalised (X_j - M_j) / (X_j + M_j)"
tex = '''B_j = X_j - M_j, \qquad b_j = \frac{X_j - M_j}{X_j + M_j}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Mikic & Gilbert 2009, UN ESCAP ST/ESCAP/2559"
caveats = [
    "Exports are FOB, imports CIF: the balance is smaller than on one valuation, and the partner's own figure differs (mirror gap).",
    "Exports of 2021 are mostly the partner's report of its imports (mirror): those balances mix two reporters. Exports of 2022 are the first vintage, which customs later lowered.",
    "History is spliced: IMF direction of trade to 2020 (imports to 2022), 2023 as implied by 2024 and its growth, customs' tables from 2024.",
    "A flow that no table lists is missing, not zero; the balance is then missing too.",
    "A group's own figure by customs comes first, else its members are summed; a year in which members have no report (missing) is partial.",
    "Growth is between levels of one source, a year apart; the rates that customs prints for the year to date stand on its revised base.",
]
uses = ["partner:any", "membership", "first", "last", "freq:partner", "currency:partner"]

[names]
name = { code = "partner", of = ["economy", "group"], after = "period_start" }
--- */
WITH rate AS (
    SELECT period, flow, any_value(value) FILTER (currency = 'CNY') / any_value(value) FILTER (currency = 'USD') AS cny_per_usd
    FROM totals_of_all_freqs() WHERE freq = $freq
    GROUP BY period, flow
),
flows AS (
    SELECT CAST(year AS VARCHAR) AS period, flow, if($currency = 'USD', value_usd, value_cny) AS value,
        if(quality = 'converted' AND $currency = 'CNY', 'reported', quality) AS quality, source_id, 0 AS missing, NULL AS former_value
    FROM partner_annual WHERE $freq = 'A' AND partner = $partner
    UNION ALL
    SELECT period, flow, if($currency = 'USD', value_cny / cny_per_usd, value_cny), if($currency = 'USD', 'converted', quality), source_id, 0, NULL
    FROM partner_month LEFT JOIN rate USING (period, flow) WHERE freq = $freq AND partner = $partner AND flow <> 'total'
    UNION ALL
    SELECT period, flow, if($freq <> 'A' AND $currency = 'USD', value / cny_per_usd, value),
        if($freq <> 'A' AND $currency = 'USD', 'converted', if(quality = 'converted' AND $currency = 'CNY', 'reported', quality)), source_id, missing,
        if($freq <> 'A' AND $currency = 'USD', former_value / former_rate, former_value)
    FROM (
        SELECT 'export' AS flow, * FROM group_figures($partner, $membership, 'export', $freq, if($freq = 'A', $currency, 'CNY'))
        UNION ALL
        SELECT 'import', * FROM group_figures($partner, $membership, 'import', $freq, if($freq = 'A', $currency, 'CNY'))
    )
    LEFT JOIN rate USING (period, flow)
    LEFT JOIN (SELECT CAST(CAST(left(period, 4) AS INTEGER) + 1 AS VARCHAR) || substr(period, 5) AS period, flow, cny_per_usd AS former_rate FROM rate) USING (period, flow)
),
paired AS (
    SELECT
        period, any_value(value) FILTER (flow = 'export') AS exports, any_value(value) FILTER (flow = 'import') AS imports,
        any_value(quality) FILTER (flow = 'export') AS export_quality, any_value(quality) FILTER (flow = 'import') AS import_quality,
        any_value(source_id) FILTER (flow = 'export') AS export_source, any_value(source_id) FILTER (flow = 'import') AS import_source,
        source_list(source_id) AS source_id, max(missing) AS missing,
        any_value(former_value) FILTER (flow = 'export') AS own_former_exports, any_value(former_value) FILTER (flow = 'import') AS own_former_imports
    FROM flows WHERE value IS NOT NULL
    GROUP BY period
),
beside AS (
    SELECT
        now.*, if(break_between(now.export_quality, former.export_quality, now.export_source, former.export_source) IS NULL, coalesce(now.own_former_exports, former.exports), NULL) AS former_exports,
        if(break_between(now.import_quality, former.import_quality, now.import_source, former.import_source) IS NULL, coalesce(now.own_former_imports, former.imports), NULL) AS former_imports
    FROM paired AS now
    LEFT JOIN paired AS former ON former.period = CAST(CAST(left(now.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(now.period, 5)
)
SELECT
    period, CAST(first_month(period) || '-01' AS DATE) AS period_start, exports, imports, exports - imports AS balance,
    (exports - imports) / nullif(exports + imports, 0) AS normalised_balance,
    100 * (exports / nullif(former_exports, 0) - 1) AS export_growth_computed_pct, 100 * (imports / nullif(former_imports, 0) - 1) AS import_growth_computed_pct,
    export_quality, import_quality,
    coalesce(export_source <> lag(export_source) OVER (ORDER BY period), false) AS export_new_source,
    coalesce(import_source <> lag(import_source) OVER (ORDER BY period), false) AS import_new_source, missing, beside.source_id
FROM beside
QUALIFY in_span(period, $first, $last)
ORDER BY period

/* ---
title = "Balance by HS product"
unit = "value"
definition = "Which goods of the Harmonized System an economy sells more of than it buys: exports, imports and their difference by code, and how much of the overall balance each gives."
formula = "B_k = X_k - M_k; sum_k B_k = B; normalised (X_k - M_k) / (X_k + M_k)"
tex = '''B_k = X_k - M_k, \qquad \sum_k B_k = B, \qquad \frac{X_k - M_k}{X_k + M_k}'''
reference = "Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP ST/ESCAP/2559; World Customs Organization, HS Nomenclature 2022"
caveats = [
    "Of reconciled data (CEPII BACI) both sides are FOB and re-imports are left out, so the surplus is far above that of Chinese customs, which value imports CIF: 1.525 against 0.992 trillion dollars in 2024.",
    "A code in surplus has parts in deficit: a level is summed before its sides are compared.",
    "share_pct is of the overall balance: parts in surplus come to more than 100% where others are in deficit.",
]
needs = "the tables that come with the dashboard have both directions for some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_product"
uses = ["reporter", "source", "classification", "level", "period:hs_year", "within", "currency:hs"]

[names]
name = { code = "code", of = ["@classification", "goods"], unknown = "HS " }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, 'total', 'A', $source, $classification, $period, a_level := $level, a_code := $within, a_long := true)
),
traded AS (
    SELECT parent AS code, flow, value_usd, quality
    FROM hs_product
    JOIN chosen USING (source_id, classification, period)
    LEFT JOIN hs_parents($level) AS placed USING (product)
    WHERE freq = 'A' AND economy = $reporter AND hs_within(product, $within)
),
-- a code without trade in one direction is zero there, since the data have both directions
sums AS (
    SELECT code, 'part' AS kind, coalesce(sum(value_usd) FILTER (flow = 'export'), 0) AS exports,
        coalesce(sum(value_usd) FILTER (flow = 'import'), 0) AS imports, min(quality) AS quality
    FROM traded WHERE code IS NOT NULL GROUP BY code
    UNION ALL
    SELECT coalesce($within, 'all'), 'total', coalesce(sum(value_usd) FILTER (flow = 'export'), 0),
        coalesce(sum(value_usd) FILTER (flow = 'import'), 0), min(quality)
    FROM traded, chosen HAVING count(code) > 0 AND ($within IS NOT NULL OR NOT any_value(partial))
),
whole AS (
    SELECT exports - imports AS balance FROM sums WHERE kind = 'total'
)
SELECT
    period, chosen.classification, sums.code, exports, imports, exports - imports AS balance,
    (exports - imports) / nullif(exports + imports, 0) AS normalised_balance,
    100 * (exports - imports) / nullif((SELECT balance FROM whole), 0) AS share_pct, kind, $currency AS currency, quality, chosen.source_id
FROM sums
CROSS JOIN chosen
ORDER BY kind <> 'part', balance DESC, sums.code

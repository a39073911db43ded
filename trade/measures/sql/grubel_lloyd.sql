/* ---
title = "Grubel-Lloyd index"
unit = "0 to 1"
definition = "How far exports and imports of the same goods match: 1 if they are equal, 0 if trade runs one way."
formula = "GL_k = 1 - abs(X_k - M_k) / (X_k + M_k); all listed items: weighted by X_k + M_k"
tex = '''\mathrm{GL}_k = 1 - \frac{|X_k - M_k|}{X_k + M_k}, \qquad \mathrm{GL} = 1 - \frac{\sum_k |X_k - M_k|}{\sum_k (X_k + M_k)}'''
reference = "Grubel & Lloyd 1975, Intra-Industry Trade, Macmillan"
caveats = [
    "Aggregation bias: a wide item such as motor vehicles matches different goods, so the index falls as the classification gets finer.",
    "Only items that customs lists under one name for exports and for imports can be compared; `covered_pct` says how much of trade that is.",
    "Items that overlap others (marked * by customs) are shown but not added up.",
    "Exports are FOB, imports CIF. There is no index by partner: without products it would only restate the trade balance.",
]
uses = ["period:cumulated"]

[parameters.product]
domain = "product"
help = "Only this item."

[names]
name = { code = "product", of = ["product", "grubel_lloyd"] }
--- */
WITH listed AS (
    SELECT product, period, flow, value_cny, parent, overlapping, source_id
    FROM product_month
    WHERE freq = 'YTD' AND list = 'main' AND period = if(length($period) = 4, $period || '-12', $period) AND value_cny IS NOT NULL
),
matched AS (
    SELECT product, exports.period, exports.value_cny AS exports_cny, imports.value_cny AS imports_cny,
        exports.overlapping OR imports.overlapping AS overlapping, exports.parent AS export_parent, imports.parent AS import_parent, exports.source_id
    FROM (FROM listed WHERE flow = 'export') AS exports
    JOIN (FROM listed WHERE flow = 'import') AS imports USING (product)
    WHERE exports.value_cny + imports.value_cny > 0
),
-- an item that is part of another listed one is shown but not added again
judged AS (
    SELECT *, NOT overlapping AND NOT coalesce(export_parent IN (SELECT product FROM matched WHERE NOT overlapping), false)
        AND NOT coalesce(import_parent IN (SELECT product FROM matched WHERE NOT overlapping), false) AS added
    FROM matched
),
trade AS (
    SELECT value_cny AS trade_cny FROM group_month
    WHERE freq = 'YTD' AND group_code = 'world' AND flow = 'total' AND period = if(length($period) = 4, $period || '-12', $period)
),
answers AS (
    SELECT period, product, exports_cny, imports_cny, abs(exports_cny - imports_cny) AS unmatched, added, overlapping, 1 AS items, 'part' AS kind, source_id
    FROM judged WHERE $product IS NULL OR product = $product
    UNION ALL
    SELECT any_value(period), 'listed', sum(exports_cny), sum(imports_cny), sum(abs(exports_cny - imports_cny)), true, false, count(*), 'total', any_value(source_id)
    FROM judged WHERE added AND $product IS NULL
    HAVING count(*) > 0
)
SELECT
    $period AS period, product, exports_cny, imports_cny, 1 - unmatched / (exports_cny + imports_cny) AS grubel_lloyd, added, answers.overlapping, items,
    100 * (exports_cny + imports_cny) / (SELECT trade_cny FROM trade) AS covered_pct, kind, answers.source_id
FROM answers
ORDER BY kind, exports_cny + imports_cny DESC, product

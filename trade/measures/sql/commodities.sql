/* ---
title = "Trade by commodity"
unit = "value"
definition = "What the trade of a period consists of: the items of the customs tables of commodities, each inside the listed item that contains it, with value, growth, share and contribution to the growth of the flow."
formula = "X_k; g_k = X_k,t / X_k,t-1 - 1; s_k = X_k / X; c_k = (X_k,t - X_k,t-1) / X_t-1"
tex = '''g_k = \frac{X_{k,t}}{X_{k,t-1}} - 1, \qquad s_k = \frac{X_{k,t}}{X_t}, \qquad c_k = \frac{X_{k,t} - X_{k,t-1}}{X_{t-1}}'''
reference = "General Administration of Customs, tables of main export and import commodities; INSEE, definition c1207 (contribution)"
caveats = [
    "Groups that cut across the list (high-tech products, electric vehicles, the new three, cultural products, food: kind overlap) contain items that are listed elsewhere: they are shown beside the parts and never added.",
    "Machinery and electronics and agricultural products are marked * by customs because they contain other listed items: here those items are listed inside them.",
    "Not listed is the group less its listed items: goods without a line of their own. Where an item has no base a year earlier its growth is missing, and its contribution is part of what is not listed.",
    "The detailed list of exports exists for December 2025 and, in part, March 2026; it prints no growth for January to the month, so most of its items have none.",
    "Bases are as customs revised them; dollars are converted at the rate that the two official totals imply.",
]
uses = ["flow:goods", "freq:goods", "currency:goods"]

[parameters.period]
domain = "period"
default = "2025"
help = "A month (2026-07), or a year, which stands for its December."
[parameters.by]
domain = ["group", "item"]
default = "group"
help = "One level of the list, as a whole with its residual, or every item of it in the order of print."
[parameters.list]
domain = ["main", "detail"]
default = "main"
help = "The short list of every month, or the detailed one (exports of December 2025 and, in part, March 2026)."
[parameters.parent]
domain = "product"
help = "Only the items inside this one; default: the whole list, at its top level."

[names]
name = { code = "code", of = ["product", "goods"] }
--- */
WITH RECURSIVE item AS MATERIALIZED (
    SELECT change.* EXCLUDE (growth_computed_pct) REPLACE (coalesce(growth_pct, growth_computed_pct) AS growth_pct), product.overlapping
    FROM product_change AS change
    JOIN fact.product AS product USING (product)
    WHERE flow = $flow AND freq = $freq AND currency = $currency AND period = if(length($period) = 4, $period || '-12', $period)
        AND if($list = 'main', in_main, in_detail)
),
-- the nearest ancestor that the list of this period prints, as integrated circuits belong to electronic components only in
-- lists that have those
climb AS (
    SELECT product, parent FROM fact.product_parent WHERE flow = $flow AND product IN (SELECT product FROM item)
    UNION ALL
    SELECT climb.product, above.parent
    FROM climb JOIN fact.product_parent AS above ON above.product = climb.parent AND above.flow = $flow
    WHERE climb.parent NOT IN (SELECT product FROM item)
),
placed AS (
    SELECT item.*, climb.parent
    FROM item
    LEFT JOIN climb ON climb.product = item.product AND (climb.parent IS NULL OR climb.parent IN (SELECT product FROM item))
),
holding AS (
    SELECT parent AS product, count(*) AS listed_items FROM placed WHERE parent IS NOT NULL GROUP BY parent
),
-- starred groups that contain items of their own only are parts; the other starred groups overlap with other items
chosen AS (
    SELECT product AS code, value, base_value, growth_pct, quantity, quantity_unit, source_id,
        if(parent IS NULL AND overlapping AND product NOT IN ('mechanical-and-electrical-products', 'agricultural-products'), 'overlap', 'part') AS kind
    FROM placed WHERE parent IS NOT DISTINCT FROM CAST($parent AS VARCHAR) AND $by = 'group'
),
whole AS (
    SELECT 'world' AS code, any_value(total) AS value, any_value(total_base) AS base_value,
        NULL::DOUBLE AS growth_pct, NULL::DOUBLE AS quantity, NULL::VARCHAR AS quantity_unit, any_value(source_id) AS source_id, 'total' AS kind
    FROM item WHERE CAST($parent AS VARCHAR) IS NULL AND $by = 'group'
    HAVING count(total) > 0
    UNION ALL
    SELECT product, value, base_value, growth_pct, quantity, quantity_unit, source_id, 'group'
    FROM placed WHERE product = CAST($parent AS VARCHAR)
),
-- the total without the listed parts; its growth is known only if every part has a base
residual AS (
    SELECT 'residual' AS code, any_value(whole.value) - sum(chosen.value) AS value,
        if(count(chosen.base_value) = count(*), any_value(whole.base_value) - sum(chosen.base_value), NULL) AS base_value,
        NULL::DOUBLE AS growth_pct, NULL::DOUBLE AS quantity, NULL::VARCHAR AS quantity_unit, any_value(chosen.source_id) AS source_id, 'residual' AS kind
    FROM chosen, whole
    WHERE chosen.kind = 'part'
    HAVING count(*) > 0
),
answers AS (
    SELECT * FROM chosen
    UNION ALL
    SELECT * FROM residual
    UNION ALL
    SELECT * FROM whole
    UNION ALL
    SELECT product, value, base_value, growth_pct, quantity, quantity_unit, source_id, if(overlapping, 'overlap', 'item')
    FROM placed WHERE $by = 'item'
),
-- the change that parts with a base do not explain, so that contributions add up even if some have no base
left_over AS (
    SELECT any_value(whole.value - whole.base_value) - coalesce(sum(chosen.value - chosen.base_value), 0) AS change
    FROM chosen, whole WHERE chosen.kind = 'part'
),
reference AS (
    SELECT any_value(total) AS total, any_value(total_base) AS total_base FROM item
)
SELECT
    code, placed.parent, coalesce(level, 0) AS level, coalesce(listed_items, 0) AS listed_items, kind, answers.value, answers.base_value,
    coalesce(answers.growth_pct, 100 * (answers.value / nullif(answers.base_value, 0) - 1)) AS growth_pct, 100 * answers.value / reference.total AS share_pct,
    100 * if(kind = 'residual', left_over.change, answers.value - answers.base_value) / reference.total_base AS contribution_pp,
    answers.quantity, answers.quantity_unit, answers.source_id
FROM answers, reference, left_over
LEFT JOIN placed ON placed.product = code
LEFT JOIN holding ON holding.product = code
LEFT JOIN fact.product_parent AS print ON print.flow = $flow AND print.product = code
WHERE EXISTS (SELECT 1 FROM answers WHERE kind IN ('part', 'item', 'overlap'))
ORDER BY list_position(['part', 'residual', 'total', 'group', 'overlap'], if($by = 'item', 'part', kind)), if($by = 'item', position, -answers.value), code

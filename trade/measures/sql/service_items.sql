/* ---
title = "Services by category"
unit = "value"
definition = "The categories of China's trade in services in one period: exports, imports, balance, and each category's share of all services in the direction chosen."
formula = "s_k = S_k / S; B_k = X_k - M_k"
tex = '''s_k = \frac{S_k}{S}, \qquad B_k = X_k - M_k'''
reference = "IMF balance of payments statistics (World Bank, SAFE); releases of the Ministry of Commerce"
caveats = [
    "One concept at a time: the balance of payments and the ministry count different things.",
    "Which categories are known depends on the period: four groups a year from the World Bank, twelve in some months from SAFE, single ones from the ministry.",
    "Overlapping categories contain parts of others (knowledge-intensive services, information and communication technology) and are not to be added.",
    "Charges for intellectual property of the years are part of the group of communications, computer and other business services.",
]

[parameters.concept]
domain = ["balance of payments", "ministry of commerce"]
default = "balance of payments"
help = "How services are counted: in the balance of payments, or as the Ministry of Commerce reports them."

[parameters.freq]
domain = ["A", "M", "YTD"]
default = "M"
help = "Years, months, or January to the month."

[parameters.period]
domain = "period"
help = "Year or month; default: the last with at least two categories."

[parameters.flow]
domain = ["export", "import", "total", "balance"]
default = "total"
help = "Direction that ranks the categories and that the share is of; balance has no share."

[names]
name = { code = "item", of = ["service"] }
--- */
WITH listed AS (
    SELECT * FROM service_trade WHERE concept = $concept AND freq = $freq
),
span AS (
    SELECT period, basis FROM listed
    WHERE item <> 'Services' AND flow = $flow AND ($period IS NULL OR period = $period)
    GROUP BY period, basis
    HAVING count(*) >= 2 OR $period IS NOT NULL
    ORDER BY period DESC, basis
    LIMIT 1
),
-- yuan if the period has both currencies
items AS (
    SELECT * FROM listed SEMI JOIN span USING (period, basis)
    QUALIFY currency = min(currency) OVER ()
),
sides AS (
    SELECT
        item, any_value(value) FILTER (flow = $flow) AS value, any_value(value) FILTER (flow = 'export') AS exports,
        any_value(value) FILTER (flow = 'import') AS imports, any_value(value) FILTER (flow = 'balance') AS balance,
        any_value(growth_pct) FILTER (flow = $flow) AS growth_pct,
        any_value(source_id) AS source_id, any_value(source_title) AS source_title, any_value(source_url) AS source_url, max(published) AS published
    FROM items GROUP BY item
)
SELECT
    span.period, item, item = 'Services' AS whole,
    overlapping OR (item = 'Charges for the use of intellectual property' AND $freq = 'A') AS overlapping,
    currency, sides.value, if($flow = 'balance', NULL, 100 * sides.value / all_services.value) AS share_pct, sides.growth_pct,
    sides.exports, sides.imports, sides.balance, sides.source_id, sides.source_title, sides.source_url, sides.published
FROM sides
JOIN (SELECT DISTINCT item, overlapping, currency FROM items) USING (item)
CROSS JOIN span
LEFT JOIN sides AS all_services ON all_services.item = 'Services'
WHERE sides.value IS NOT NULL
ORDER BY whole DESC, sides.value DESC

/* ---
title = "Trade in services"
unit = "value"
definition = "China's trade in services, all or one category: exports, imports, both together or the balance, with growth as printed and between levels."
formula = "g = S_t / S_{t-1y} - 1; balance = exports - imports"
tex = '''g_t = \frac{S_t}{S_{t-1}} - 1, \qquad B = X - M'''
reference = "IMF balance of payments statistics (World Bank, SAFE); releases of the Ministry of Commerce"
caveats = [
    "The balance of payments and the ministry count different things: two series, never joined, and their levels and balances differ.",
    "The ministry revised its base in 2026: across it only the printed rate is shown, growth between levels is missing.",
    "Years of the balance of payments are in dollars, its months and quarters in yuan; the year 2025 is the balance alone.",
    "Categories of the World Bank are the share that it prints times the total; those of older tables of the ministry are named as they were then.",
    "Services are not goods: they are never added to customs' figures here.",
]
uses = ["first", "last"]

[parameters.concept]
domain = ["balance of payments", "ministry of commerce"]
default = "ministry of commerce"
help = "How services are counted: in the balance of payments, or as the Ministry of Commerce reports them."

[parameters.item]
domain = "text"
default = "Services"
help = "Category as the tables name it: Services (all), Travel, Transport, Knowledge-intensive services ..."

[parameters.flow]
domain = ["export", "import", "total", "balance"]
default = "total"
help = "Direction: total is exports plus imports, balance exports less imports."

[parameters.freq]
domain = ["A", "Q", "M", "YTD"]
default = "A"
help = "Years, quarters, months, or January to the month."

[parameters.currency]
domain = ["auto", "CNY", "USD"]
default = "auto"
help = "auto: dollars for years of the balance of payments, else yuan."

[names]
name = { code = "item", of = ["service"] }
--- */
WITH chosen AS (
    SELECT * FROM service_trade
    WHERE concept = $concept AND lower(item) = lower($item) AND freq = $freq
        AND currency = if($currency <> 'auto', $currency, if($concept = 'balance of payments' AND $freq = 'A', 'USD', 'CNY'))
),
beside AS (
    SELECT now.*, former.value AS base_value, former.half_width AS base_half_width
    FROM chosen AS now
    LEFT JOIN chosen AS former ON former.flow = now.flow AND former.basis = now.basis
        AND former.period_start = now.period_start - INTERVAL 1 YEAR
    WHERE now.flow = $flow
),
sides AS (
    SELECT basis, period, any_value(value) FILTER (flow = 'export') AS exports, any_value(value) FILTER (flow = 'import') AS imports,
        any_value(value) FILTER (flow = 'balance') AS balance
    FROM chosen GROUP BY basis, period
)
SELECT
    period, period_start, item, concept, basis, flow, currency, value, half_width,
    if(flow = 'balance', NULL, growth_pct) AS growth_pct,
    if(flow = 'balance', NULL, 100 * (value / nullif(base_value, 0) - 1)) AS growth_computed_pct,
    value - base_value AS change, base_value, exports, imports, balance, derived, note, source_id, source_title, source_url, published
FROM beside
JOIN sides USING (basis, period)
WHERE in_span(period, $first, $last)
ORDER BY period

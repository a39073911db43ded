/* ---
title = "Carry-over"
unit = "%"
definition = "Growth that a year would have over the year before if trade stayed where the last quarter of that year left it."
formula = "mean(Q4 of t-1) / mean(t-1) - 1"
tex = '''c_t = \frac{\bar X_{\mathrm{Q4},\,t-1}}{\bar X_{t-1}} - 1'''
reference = "Forsells & Gareis 2022, Carry-over effects and intra-quarter GDP growth, ECB Economic Bulletin 7/2022; Toedter 2011, Review of Economics 62(2)"
caveats = [
    "A scenario, never a fact: it says where a standstill would lead.",
    "adjusted=true takes seasonally adjusted months (factors of the dollar series); without it the strong fourth quarter makes the carry-over too high.",
    "Actual growth is shown beside it where the year is complete: it differs by what happened within the year.",
    "Only years with all twelve months are used.",
]
model = "carry_over"
uses = ["flow", "as_of", "first:year", "last:year"]

[parameters.currency]
domain = ["CNY", "USD"]
default = "USD"
help = "Currency of the customs figures; in yuan only years with all months, 2024 on."

[parameters.adjusted]
domain = "boolean"
default = true
help = "Seasonally adjusted months, or months as published."
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND freq = 'M'
)
SELECT
    dollars.period, dollars.period_start, asked.value, dollars.value AS value_usd, asked.derived,
    if(asked.source_id = dollars.source_id, asked.source_id, asked.source_id || ' ' || dollars.source_id) AS source_id
FROM (FROM known WHERE currency = 'USD') AS dollars
LEFT JOIN (FROM known WHERE currency = $currency) AS asked USING (period)
ORDER BY dollars.period_start

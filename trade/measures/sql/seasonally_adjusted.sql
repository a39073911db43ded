/* ---
title = "Seasonally adjusted trade"
unit = "value"
definition = "Monthly trade without the pattern that returns every year, with its trend."
formula = "X = trend * seasonal * rest on logarithms (STL); adjusted = X / seasonal; January and February as their mean"
tex = '''\ln X_t = T_t + S_t + R_t, \qquad X_t^{\mathrm{sa}} = X_t\, e^{-S_t}'''
reference = "Cleveland, Cleveland, McRae & Terpenning 1990, STL, Journal of Official Statistics 6(1); Roberts & White 2015, Seasonal Adjustment of Chinese Economic Statistics, RBA RDP 2015-13, on the moving holiday"
caveats = [
    "The Lunar New Year moves between January and February: the two months are joined (each is their mean), so nothing can be read from the step between them.",
    "Roberts & White prefer regressors for the holiday to such simple joining: a late or early year still leaks into March.",
    "Seasonal factors are always estimated on the dollar series from 1983 on, the only long monthly one; months in yuan are divided by the same factors and have no trend.",
    "Newest months are revised when later ones arrive. These are our own estimates: customs publishes no adjusted values here.",
    "Adjusted months need not sum to the year.",
]
model = "seasonally_adjusted"
uses = ["flow", "as_of"]

[parameters.currency]
domain = ["CNY", "USD"]
default = "USD"
help = "Currency of the customs figures; months in yuan have gaps before 2024."

[parameters.join_jan_feb]
domain = "boolean"
default = true
help = "January and February as their mean, because the Lunar New Year moves between them."

[parameters.first]
domain = "period"
help = "First month to show; the estimate uses all."

[parameters.last]
domain = "period"
help = "Last month to show; the estimate uses all."
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

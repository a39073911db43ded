/* ---
title = "Rebased index"
unit = "index"
definition = "The value of trade as a multiple of a base period, which is 100."
formula = "100 X_t / X_0"
tex = '''I_t = 100\,\frac{X_t}{X_0}'''
reference = "Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP ST/ESCAP/2559"
caveats = ["The choice of the base period shapes the picture: the levels are shown beside it."]
uses = ["flow", "first", "last", "as_of", "currency:customs", "freq:hs"]

[parameters.base]
domain = "period"
default = "2017"
help = "Base period; for months, the mean of a year (2019) or one month (2019-01)."
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND currency = $currency AND freq = $freq
),
base AS (
    SELECT avg(value) AS base_value FROM known
    WHERE starts_with(period, $base)
    HAVING count(*) = if($freq = 'M' AND length($base) = 4, 12, 1)
)
SELECT period, period_start, value, base_value, 100 * value / base_value AS index, derived, source_id, source_title, source_url, published
FROM known, base
WHERE in_span(period, $first, $last)
ORDER BY period

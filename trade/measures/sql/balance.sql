/* ---
title = "Trade balance"
unit = "value"
definition = "Exports less imports, and the same as a share of two-way trade."
formula = "X - M; normalised (X - M) / (X + M)"
tex = '''B = X - M, \qquad b = \frac{X - M}{X + M}'''
reference = "Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP ST/ESCAP/2559"
caveats = [
    "Exports are FOB, imports CIF: the balance is smaller than on one valuation.",
    "released_balance is exports less imports as first released, where both are known to four digits; in dollars the balance itself is of the series that customs revised since.",
    "A quarter is the difference of two cumulative figures and carries the revisions of the months before it.",
]
uses = ["first", "last", "as_of", "currency:customs", "freq:with_quarters"]
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE currency = $currency AND freq = $freq
    UNION ALL BY NAME
    SELECT *, true AS derived FROM quarters($as_of) WHERE currency = $currency AND $freq = 'Q'
)
SELECT
    period, exports.period_start, exports.value AS exports, imports.value AS imports,
    exports.value - imports.value AS balance,
    (exports.value - imports.value) / (exports.value + imports.value) AS normalised_balance,
    exports.first_value - imports.first_value AS released_balance,
    exports.derived OR imports.derived AS derived,
    if(exports.source_id = imports.source_id, exports.source_id, exports.source_id || ' ' || imports.source_id) AS source_id,
    exports.source_title, exports.source_url, exports.published
FROM known AS exports
JOIN known AS imports USING (period)
WHERE exports.flow = 'export' AND imports.flow = 'import'
    AND in_span(period, $first, $last)
ORDER BY period

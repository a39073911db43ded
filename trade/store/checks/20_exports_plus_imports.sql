-- title: exports plus imports equal the total on the same official page, in units of its rounding
-- tolerance: 1.1
-- file: gacc_releases/totals.csv
-- gap / (sum of the half-widths of rounding); the press has a check of its own
SELECT concat_ws(' ', freq, period, currency, source_title) AS place,
    (exports.value + imports.value - totals.value) / (exports.half_width + imports.half_width + totals.half_width) AS value,
    0 AS expected
FROM staging.released_figure AS totals
JOIN staging.released_figure AS exports USING (topic, freq, period, item, sub_item, currency, source_id, source_title)
JOIN staging.released_figure AS imports USING (topic, freq, period, item, sub_item, currency, source_id, source_title)
WHERE topic = 'total' AND totals.flow = 'total' AND exports.flow = 'export' AND imports.flow = 'import'
    AND totals.value IS NOT NULL AND exports.value IS NOT NULL AND imports.value IS NOT NULL AND totals.authority <= 2

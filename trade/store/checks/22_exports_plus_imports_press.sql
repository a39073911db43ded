-- title: exports plus imports equal the total in the same press report, in percent of it
-- tolerance: 1
-- file: gacc_releases/totals.csv
-- reports round and truncate; misprints known to us (authority 5) are left out
SELECT concat_ws(' ', freq, period, currency, source_title) AS place,
    100 * ((exports.value + imports.value) / totals.value - 1) AS value,
    0 AS expected
FROM staging.released_figure AS totals
JOIN staging.released_figure AS exports USING (topic, freq, period, item, sub_item, currency, source_id, source_title)
JOIN staging.released_figure AS imports USING (topic, freq, period, item, sub_item, currency, source_id, source_title)
WHERE topic = 'total' AND totals.flow = 'total' AND exports.flow = 'export' AND imports.flow = 'import'
    AND totals.value IS NOT NULL AND exports.value IS NOT NULL AND imports.value IS NOT NULL AND totals.authority = 4

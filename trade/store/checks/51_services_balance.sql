-- title: exports less imports of services equal the balance on the same page, in units of its rounding
-- tolerance: 1.1
-- file: mofcom_services/services.csv
-- gap / (sum of the half-widths of rounding)
SELECT concat_ws(' ', source_id, freq, period, item, balance.source_title) AS place,
    (exports.value - imports.value - balance.value) / (exports.half_width + imports.half_width + balance.half_width) AS value, 0 AS expected
FROM staging.released_figure AS balance
JOIN staging.released_figure AS exports USING (topic, freq, period, item, sub_item, currency, source_id, source_title)
JOIN staging.released_figure AS imports USING (topic, freq, period, item, sub_item, currency, source_id, source_title)
WHERE topic = 'services' AND balance.flow = 'balance' AND exports.flow = 'export' AND imports.flow = 'import'
    AND balance.value IS NOT NULL AND exports.value IS NOT NULL AND imports.value IS NOT NULL

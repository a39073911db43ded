-- title: the terms of trade equal the unit value of exports over that of imports
-- tolerance: 0.2
-- file: unctad_indices/indices.csv
-- index points
SELECT concat_ws(' ', terms.area, terms.period) AS place, terms.index_value AS value, 100 * exports.index_value / imports.index_value AS expected
FROM fact.trade_index AS terms
JOIN fact.trade_index AS exports USING (source_id, area, freq, period)
JOIN fact.trade_index AS imports USING (source_id, area, freq, period)
WHERE terms.aspect = 'terms of trade' AND exports.aspect = 'unit value' AND exports.flow = 'export'
    AND imports.aspect = 'unit value' AND imports.flow = 'import'

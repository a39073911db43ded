-- title: the months of a quarter in the table by country sum to the quarter between two cumulative totals, in percent of it
-- tolerance: 0.5
-- file: gacc_partners
--
-- The December table carries the year's revisions, the months before it do not: fourth quarters differ most.
SELECT concat_ws(' ', period, flow) AS place, 100 * summed.value_cny / total.value AS value, 100 AS expected
FROM group_month AS summed
JOIN totals_of_all_freqs() AS total USING (freq, period, flow)
WHERE freq = 'Q' AND group_code = 'world' AND currency = 'CNY'

-- title: the twelve months of a dollar series sum to its printed year, in percent of it
-- tolerance: 0.5
-- file: gacc_monthly_usd/totals.csv
-- months and year are revised at different times
SELECT concat_ws(' ', left(months.period, 4), months.flow, months.source_id) AS place,
    100 * (sum(months.value) / any_value(year.value) - 1) AS value, 0 AS expected
FROM staging.released_figure AS months
JOIN staging.released_figure AS year
    ON year.period = left(months.period, 4) AND year.flow = months.flow AND year.source_id = months.source_id
WHERE months.topic = 'total' AND months.freq = 'M' AND months.authority = 3 AND year.freq = 'A' AND year.topic = 'total' AND year.value IS NOT NULL
GROUP BY left(months.period, 4), months.flow, months.source_id
HAVING count(*) = 12

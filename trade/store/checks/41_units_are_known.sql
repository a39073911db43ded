-- title: every printed amount of money has a known unit
-- tolerance: 0
-- file: gacc_releases
-- number of figures per topic whose unit is not in the list of staging.released_figure
SELECT topic AS place, count(*) FILTER (WHERE currency IS NOT NULL AND printed IS NOT NULL AND value IS NULL) AS value, 0 AS expected
FROM staging.released_figure
GROUP BY topic

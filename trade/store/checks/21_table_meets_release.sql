-- title: the world row of the customs table equals the total of the release of the same month
-- tolerance: 5
-- file: gacc_partners
-- 100 million yuan; the first release precedes the table by some days and is revised in it
SELECT concat_ws(' ', period, release.flow, release.source_title) AS place, table_row.value / 1e8 AS value, release.value / 1e8 AS expected
FROM total_figure AS table_row
JOIN total_figure AS release USING (freq, period, flow, currency)
WHERE table_row.source_id = 'gacc_partners' AND NOT table_row.derived AND release.source_id = 'gacc_releases'
    AND release.authority <= 2 AND release.half_width <= 5e6 AND release.value IS NOT NULL

-- How many economies have China, or the United States, as their largest export market (world matrix)
SELECT
    year, count(*) AS economies,
    count(*) FILTER (WHERE partner = 'CHN') AS china,
    count(*) FILTER (WHERE partner = 'USA') AS united_states
FROM destination_rank
WHERE dataset = 'matrix' AND flow = 'export' AND eu = 'members' AND rank = 1 AND year >= 2000
GROUP BY year
ORDER BY year DESC

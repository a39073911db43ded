-- title: China's exports by sector as reported sum to the official total of the year, in percent of it
-- tolerance: 4
-- file: wits_sectors
-- sources: wits_sectors
-- 1993 is an exception (3.4%): the months of the official series sum to 88.7 bn dollars, the year as reported is 91.7. All others are within 0.4%.
SELECT period AS place, 100 * (sectors.value_usd / official.value - 1) AS value, 0 AS expected
FROM (SELECT period, value_usd FROM hs_coverage WHERE source_id = 'wits_sectors' AND economy = 'CHN') AS sectors
JOIN (SELECT period, value FROM total_trade WHERE freq = 'A' AND flow = 'export' AND currency = 'USD') AS official USING (period)

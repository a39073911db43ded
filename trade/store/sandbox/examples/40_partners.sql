-- The largest markets of 2025, with their place in 2015
WITH ranked AS (
    SELECT year, partner, value_usd, rank() OVER (PARTITION BY year ORDER BY value_usd DESC) AS place
    FROM partner_annual
    WHERE flow = 'export' AND year IN (2015, 2025) AND value_usd IS NOT NULL
)
SELECT
    now.place, economy.name_en AS market, round(now.value_usd / 1e9, 1) AS billion_usd,
    round(100 * now.value_usd / (SELECT sum(value_usd) FROM ranked WHERE year = 2025), 2) AS share_pct,
    before.place AS place_2015
FROM ranked AS now
LEFT JOIN ranked AS before ON before.partner = now.partner AND before.year = 2015
JOIN economy ON economy.economy = now.partner
WHERE now.year = 2025
ORDER BY now.place
LIMIT 20

-- Concentration of export markets: Herfindahl index and the number of equal markets it stands for
SELECT
    year, count(*) AS markets,
    round(sum(share * share), 4) AS herfindahl,
    round(1 / sum(share * share), 1) AS equal_markets,
    string_agg(DISTINCT quality, ' ' ORDER BY quality) AS quality
FROM (
    SELECT year, quality, value_usd / sum(value_usd) OVER (PARTITION BY year) AS share
    FROM partner_annual
    WHERE flow = 'export' AND value_usd > 0
)
GROUP BY year
ORDER BY year DESC

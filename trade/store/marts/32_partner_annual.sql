-- one row per year, partner and flow: the spliced history of China's trade by partner, 2000 on; `quality` says how good a row is
-- key: year, partner, flow
--
-- Sources: 2000-2020 (imports to 2022) the IMF's direction of trade statistics; exports 2022 as reported by China, for all
-- partners; exports 2021 partners' own reports (mirror), or China's figure where there is one; 2023 computed from 2024 and
-- its growth; from 2024 the customs table, January to December, in yuan, converted to dollars at the rate that the two
-- official totals imply. Mirror rows of other years are in fact.partner_year for the mirror gap, and never used here.
WITH history AS (
    SELECT year, partner, flow, value_usd, value_cny, quality, relative_error_pct, source_id,
        CASE source_id WHEN 'wits_china' THEN 0 WHEN 'comtrade_china' THEN 1 WHEN 'oecd_btige' THEN 1 WHEN 'visual_capitalist_2022' THEN 2
            WHEN 'comtrade_mirror' THEN 4 ELSE 3 END AS preference
    FROM fact.partner_year
    WHERE quality <> 'mirror' OR (flow = 'export' AND year = 2021 AND partner <> 'CHN')
),
best AS (
    SELECT year, partner, flow, sum(value_usd) AS value_usd, sum(value_cny) AS value_cny, any_value(quality) AS quality,
        max(relative_error_pct) AS relative_error_pct, any_value(source_id) AS source_id, NULL::DOUBLE AS growth_pct
    FROM (
        SELECT * FROM history
        QUALIFY dense_rank() OVER (PARTITION BY year, partner, flow ORDER BY preference, source_id) = 1
    )
    GROUP BY year, partner, flow
),
customs AS (
    SELECT CAST(left(period, 4) AS INTEGER) AS year, partner, partner_month.flow, value_cny / cny_per_usd AS value_usd, value_cny,
        'converted' AS quality, NULL::DOUBLE AS relative_error_pct, partner_month.source_id, growth_pct
    FROM partner_month
    LEFT JOIN fx_rate ON fx_rate.year = CAST(left(period, 4) AS INTEGER) AND fx_rate.flow = partner_month.flow
    WHERE freq = 'YTD' AND period LIKE '%-12' AND partner_month.flow <> 'total' AND value_cny IS NOT NULL
)
SELECT * FROM best UNION ALL BY NAME SELECT * FROM customs ORDER BY flow, year, partner

-- Share of exports to the United States and to the present members of the EU and ASEAN, by year
WITH total AS (
    SELECT year, sum(value_usd) AS value_usd, string_agg(DISTINCT quality, ' ') AS quality FROM partner_annual WHERE flow = 'export' GROUP BY year
),
bloc AS (
    SELECT group_code, economy FROM group_member WHERE group_code IN ('eu', 'asean') AND valid_to IS NULL
    UNION ALL
    SELECT 'United States', 'USA'
)
PIVOT (
    SELECT year, total.quality, group_code, round(100 * sum(partner_annual.value_usd) / any_value(total.value_usd), 1) AS share_pct
    FROM partner_annual
    JOIN bloc ON bloc.economy = partner_annual.partner
    JOIN total USING (year)
    WHERE flow = 'export'
    GROUP BY year, total.quality, group_code
) ON group_code USING any_value(share_pct) ORDER BY year DESC

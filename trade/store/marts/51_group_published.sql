-- one row per group, freq, period, flow and currency: what customs itself publishes of the group, in its table or, where that has none, a release
-- key: group_code, freq, currency, flow, period
--
-- Among several releases the most precise official one is used. The press (authority 4) counts only in periods with
-- partners' own reports.
WITH lines AS (
    SELECT 'A' AS freq, left(period, 4) AS period, group_code, flow, value_cny, growth_pct, quality, source_id
    FROM group_month WHERE freq = 'YTD' AND period LIKE '%-12'
    UNION ALL
    SELECT freq, period, group_code, flow, value_cny, growth_pct, quality, source_id FROM group_month
),
-- figures of the table in yuan; those of years also converted to dollars
tabled AS (
    SELECT group_code, freq, target.currency, target.flow, period,
        sum(value_cny / if(target.currency = 'CNY', 1, cny_per_usd)) FILTER (lines.flow <> 'total') AS value,
        max(growth_pct) FILTER (lines.flow = target.flow AND target.currency = 'CNY') AS growth_pct,
        CASE WHEN target.currency = 'USD' THEN 'converted' WHEN bool_or(quality = 'derived') THEN 'derived' ELSE 'reported' END AS quality,
        any_value(lines.source_id) AS source_id
    FROM lines
    CROSS JOIN (SELECT flow, currency FROM (VALUES ('export'), ('import'), ('total')) AS flows (flow), (VALUES ('CNY'), ('USD')) AS currencies (currency)) AS target
    LEFT JOIN fx_rate ON CAST(fx_rate.year AS VARCHAR) = period AND fx_rate.flow = lines.flow AND freq = 'A'
    WHERE target.flow IN (lines.flow, 'total')
    GROUP BY group_code, freq, target.currency, target.flow, period
    HAVING count(DISTINCT lines.flow) FILTER (lines.flow <> 'total') = if(target.flow = 'total', 2, 1) AND value IS NOT NULL
),
named (item, group_code) AS (
    VALUES ('ASEAN', 'asean'), ('European Union', 'eu'), ('Africa', 'africa'), ('Latin America', 'latin-america'), ('APEC economies', 'apec'),
        ('RCEP (14 other members)', 'rcep'), ('RCEP members', 'rcep'), ('Belt and Road partners', 'belt-and-road'),
        ('Asia', 'asia'), ('Europe', 'europe'), ('North America', 'north-america'), ('Oceania', 'oceania')
),
printed AS (
    SELECT group_code, item, freq, currency, flow, period, value, growth_pct, half_width, authority, published, source_title, source_id
    FROM staging.released_figure
    JOIN named USING (item)
    WHERE topic = 'bloc' AND authority <= 4
),
grown AS (
    SELECT item, freq, currency, flow, period, growth_pct FROM printed
    WHERE growth_pct IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY item, freq, currency, flow, period ORDER BY authority, published, source_title) = 1
),
released AS (
    SELECT * EXCLUDE (growth_pct) FROM printed
    WHERE value IS NOT NULL AND authority <> 3
    QUALIFY row_number() OVER (
        PARTITION BY group_code, freq, currency, flow, period ORDER BY authority <= 2 DESC, half_width, authority, published, source_title
    ) = 1
)
SELECT group_code, freq, currency, flow, period, value, growth_pct, quality, true AS in_table, NULL AS authority, source_id
FROM tabled
UNION ALL
SELECT group_code, freq, currency, flow, period, value, grown.growth_pct, 'reported', false, authority, source_id
FROM released
LEFT JOIN grown USING (item, freq, currency, flow, period)
ANTI JOIN tabled USING (group_code, freq, currency, flow, period)
ORDER BY group_code, freq, currency, flow, period

-- one row per year and flow: yuan per dollar as the two official totals imply, never the spot rate
-- key: year, flow
WITH best AS (
    SELECT CAST(period AS INTEGER) AS year, flow, currency, value, source_id
    FROM total_figure
    WHERE freq = 'A' AND flow IN ('export', 'import') AND value IS NOT NULL AND authority < 4
    QUALIFY row_number() OVER (
        PARTITION BY period, flow, currency ORDER BY half_width > 1e8, authority, half_width, published
    ) = 1
)
SELECT year, flow, yuan.value / dollars.value AS cny_per_usd, yuan.source_id || ' ' || dollars.source_id AS source_id
FROM best AS yuan JOIN best AS dollars USING (year, flow)
WHERE yuan.currency = 'CNY' AND dollars.currency = 'USD'
ORDER BY year, flow

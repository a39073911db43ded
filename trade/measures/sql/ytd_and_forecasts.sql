/* ---
title = "Year to date and forecasts"
unit = "%"
definition = "China's growth since January, month by month, beside the newest forecasts of world trade for the same year."
formula = "g_m = sum(X_1..X_m, t) / sum(X_1..X_m, t-1) - 1; low and high = the smallest and largest of each forecaster's newest forecast"
tex = '''g_m = \frac{\sum_{i=1}^{m} X_{i,t}}{\sum_{i=1}^{m} X_{i,t-1}} - 1'''
reference = "Usage of China Customs' monthly releases; outlooks of the WTO, IMF, OECD and UNCTAD"
caveats = [
    "China's trade is in current values, the forecasts are of world volumes: the gap between them is not an error of the forecast.",
    "Growth is the published rate; where none was printed, the one between levels.",
    "Some months are not available.",
]
uses = ["flow", "currency:customs", "year"]
--- */
WITH known AS (
    FROM total_trade WHERE flow = $flow AND currency = $currency AND freq = 'YTD'
),
so_far AS (
    SELECT
        now.period, now.period_start, now.value, before.value AS base_value, coalesce(now.growth_pct, 100 * (now.value / nullif(before.value, 0) - 1)) AS growth_pct,
        now.source_id, now.published
    FROM known AS now
    LEFT JOIN known AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
),
newest AS (
    SELECT forecaster, value, publication_date, source_id
    FROM fact.forecast
    WHERE year = $year AND unit = '%' AND variable ILIKE 'World%trade%' AND publication_date < CAST($year + 1 AS VARCHAR)
        -- forecasts of trade volumes only, not of values
        AND variable NOT ILIKE '%value%' AND variable NOT ILIKE '%H1%' AND variable NOT ILIKE '%start of year%'
        AND variable NOT ILIKE '%scenario%' AND variable NOT ILIKE '%services trade%'
    QUALIFY row_number() OVER (PARTITION BY forecaster ORDER BY publication_date DESC, seq) = 1
),
band AS (
    SELECT min(value) AS forecast_low, min_by(forecaster, value) AS low_by, max(value) AS forecast_high, max_by(forecaster, value) AS high_by,
        count(*) AS forecasters, any_value(source_id) AS forecast_source
    FROM newest
)
SELECT
    period, period_start, value, base_value, growth_pct, if(left(period, 4) = CAST($year AS VARCHAR), 'year', 'former') AS series,
    forecast_low, low_by, forecast_high, high_by, forecasters, source_id || coalesce(' ' || forecast_source, '') AS source_id, published
FROM so_far, band
WHERE left(period, 4) IN (CAST($year AS VARCHAR), CAST($year - 1 AS VARCHAR)) AND growth_pct IS NOT NULL
ORDER BY period

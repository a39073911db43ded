/* ---
title = "How forecasts scored"
unit = "percentage points"
definition = "Each forecast of a year beside the first figure published after that year had ended for the same variable, where there is one."
formula = "error = forecast - outcome"
tex = '''e = f - y'''
reference = "Outlooks of the WTO, IMF, OECD, UNCTAD and the World Bank, as quoted on the page named in each row"
caveats = [
    "The outcome is a figure for the same aggregate (goods by volume; goods and services by volume) published after the year; without one a forecast is not scored.",
    "A first estimate of January will itself be revised.",
    "China's own growth is no outcome of a forecast of world trade: it is one part of the world, in values and not in volumes.",
    "part_pct is what had happened in the first half year, where the forecaster printed it: it is not the year.",
]

[parameters.year]
domain = "year"
default = 2025
help = "The year that was forecast."
--- */
WITH aggregates (variable, aggregate) AS (
    VALUES
        ('World merchandise trade volume growth', 'goods-volume'),
        ('World trade volume growth (goods and services)', 'goods-services-volume'),
        ('World trade growth (goods and services)', 'goods-services-volume'),
        ('World trade (goods and services) value growth', 'goods-services-value'),
        ('Commercial services export volume growth', 'services-volume'),
        ('North American import volume growth', 'north-america-imports-volume')
),
known AS (
    SELECT forecast.*, aggregates.aggregate
    FROM fact.forecast AS forecast
    JOIN aggregates USING (variable)
    WHERE year = $year AND unit = '%'
    QUALIFY row_number() OVER (PARTITION BY forecaster, publication_date, variable, year ORDER BY seq) = 1
),
outcome AS (
    SELECT aggregate, value AS outcome_pct, forecaster AS outcome_by, publication_date AS outcome_date, source_id AS outcome_source
    FROM known
    WHERE publication_date >= CAST(year + 1 AS VARCHAR) OR note ILIKE '%outturn%'
    QUALIFY row_number() OVER (PARTITION BY aggregate ORDER BY publication_date, forecaster) = 1
),
half_year AS (
    SELECT forecaster, value AS part_pct, variable AS part FROM fact.forecast
    WHERE year = $year AND variable = 'World merchandise trade volume growth, H1 yoy'
    QUALIFY row_number() OVER (PARTITION BY forecaster ORDER BY publication_date DESC, seq) = 1
)
SELECT
    CAST(year AS VARCHAR) AS period, aggregate, forecaster, publication_date, value AS forecast_pct, outcome_pct, outcome_by, outcome_date,
    value - outcome_pct AS error_pp, if(aggregate = 'goods-volume', part_pct, NULL) AS part_pct, publication,
    concat_ws(' ', known.source_id, nullif(outcome_source, known.source_id)) AS source_id, source_title, source_url, published
FROM known
LEFT JOIN outcome USING (aggregate)
LEFT JOIN half_year USING (forecaster)
WHERE publication_date < CAST(year + 1 AS VARCHAR) AND (note IS NULL OR note NOT ILIKE '%outturn%')
ORDER BY aggregate, publication_date, forecaster

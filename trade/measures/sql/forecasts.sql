/* ---
title = "Forecasts"
unit = "%"
definition = "What each forecaster expected, by the date on which it was published, with the change on the same forecaster's previous forecast."
formula = "revision = f_d - f_d', with d' the date before d of the same forecaster, variable and year"
tex = '''\Delta f_d = f_d - f_{d'}'''
reference = "Outlooks of the WTO, IMF, OECD, UNCTAD and the World Bank, as quoted on the page named in each row"
caveats = [
    "Most outlooks come from press reports, and not every vintage is available.",
    "Volumes leave out prices and values do not; goods and services together are not goods.",
    "Forecasts are of the world or of GDP: none of them is a forecast of China's trade.",
    "The barometer is an index of the direction of world goods trade, 100 is its trend. It is neither a growth rate nor a forecast of one.",
    "stage is estimate where the figure was published after the year had ended, or states what had happened by then.",
]

[parameters.subject]
domain = ["world-trade", "world-services", "world-gdp", "china-gdp", "barometer", "all"]
default = "world-trade"
help = "What is forecast: growth of world trade (goods, or goods and services), of services trade, of world GDP, of China's GDP; the WTO's barometer of goods trade; or all of them."
[parameters.year]
domain = "year"
help = "Only the forecasts of this year."
[parameters.forecaster]
domain = "text"
help = "Only this forecaster (WTO)."
--- */
WITH aggregates (variable, aggregate, subject) AS (
    VALUES
        ('World merchandise trade volume growth', 'goods-volume', 'world-trade'),
        ('World trade volume growth (goods and services)', 'goods-services-volume', 'world-trade'),
        ('World trade growth (goods and services)', 'goods-services-volume', 'world-trade'),
        ('World trade (goods and services) value growth', 'goods-services-value', 'world-trade'),
        ('World commercial services trade volume growth', 'services-volume', 'world-services'),
        ('Commercial services export volume growth', 'services-volume', 'world-services'),
        ('Goods trade barometer', 'barometer', 'barometer'),
        ('World GDP growth', 'gdp', 'world-gdp'),
        ('World GDP growth (market exchange rates)', 'gdp-market-rates', 'world-gdp'),
        ('China GDP growth', 'gdp', 'china-gdp')
),
printed AS (
    SELECT forecast.*, aggregate, subject
    FROM fact.forecast AS forecast
    LEFT JOIN aggregates USING (variable)
    -- count a forecast once if several pages quote the same publication
    QUALIFY row_number() OVER (PARTITION BY forecaster, publication_date, variable, year ORDER BY seq) = 1
),
staged AS (
    SELECT *, if(publication_date >= CAST(year + 1 AS VARCHAR) OR note ILIKE '%outturn%', 'estimate', 'forecast') AS stage
    FROM printed
)
SELECT
    CAST(year AS VARCHAR) AS period, forecaster, aggregate, publication_date, value AS figure, unit, stage,
    lag(value) OVER vintages AS former_figure, value - lag(value) OVER vintages AS revision_pp,
    variable, publication, subject, note, source_id, source_title, source_url, published
FROM staged
WHERE ($subject = 'all' OR subject = $subject) AND ($year IS NULL OR year = $year)
    AND ($forecaster IS NULL OR lower(forecaster) = lower($forecaster))
WINDOW vintages AS (PARTITION BY forecaster, variable, year ORDER BY publication_date)
ORDER BY period, subject, forecaster, aggregate, publication_date

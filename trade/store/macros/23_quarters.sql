-- One row per quarter, flow and currency, from the figures known on `as_of`: the difference of two cumulative figures.
--
-- Customs prints cumulative figures, each in the vintage of its day, so a quarter includes revisions of earlier months.
-- A missing cumulative figure is computed from the next year's figure and growth (`implied`). Growth uses customs' own
-- revised bases if both cumulative figures have a published rate, and is missing otherwise.
CREATE MACRO quarters(as_of) AS TABLE
WITH printed AS (
    SELECT
        year(period_start) AS year, if(freq = 'A', 4, CAST(month(period_start) / 3 AS INTEGER)) AS quarter, flow, currency, value, half_width,
        value / (1 + growth_pct / 100) AS base, false AS implied, source_id, source_title, source_url, published
    FROM totals(as_of)
    WHERE freq = 'A' OR (freq = 'YTD' AND month(period_start) IN (3, 6, 9))
),
implied AS (
    SELECT printed.* REPLACE (printed.year - 1 AS year, printed.base AS value, NULL::DOUBLE AS base, true AS implied)
    FROM printed
    ANTI JOIN printed AS known ON known.year = printed.year - 1 AND known.quarter = printed.quarter
        AND known.flow = printed.flow AND known.currency = printed.currency
    WHERE base IS NOT NULL
),
cumulative AS (
    SELECT * FROM printed
    UNION ALL
    SELECT * FROM implied
    UNION ALL
    SELECT DISTINCT year, 0, flow, currency, 0, 0, 0, false, NULL, NULL, NULL, NULL FROM printed
)
SELECT
    now.year || '-Q' || now.quarter AS period, make_date(now.year, 3 * now.quarter - 2, 1) AS period_start, now.flow, now.currency,
    now.value - before.value AS value, now.half_width + before.half_width AS half_width,
    100 * ((now.value - before.value) / nullif(now.base - before.base, 0) - 1) AS growth_pct,
    now.implied OR before.implied AS implied, now.source_id, now.source_title, now.source_url, now.published
FROM cumulative AS now
JOIN cumulative AS before ON before.year = now.year AND before.quarter = now.quarter - 1
    AND before.flow = now.flow AND before.currency = now.currency;

-- The customs table by country with quarters added: a quarter is the sum of its three months, and missing if one of them
-- is. Quarters have no published growth.
CREATE MACRO with_quarters() AS TABLE
SELECT source_id, freq, period, period_start, code, flow, value_cny, growth_pct, quality, published FROM staging.customs_table
UNION ALL
SELECT source_id, 'Q', year(period_start) || '-Q' || quarter(period_start), min(period_start), code, flow, sum(value_cny), NULL, 'derived', max(published)
FROM staging.customs_table
WHERE freq = 'M'
GROUP BY source_id, year(period_start), quarter(period_start), code, flow
HAVING count(value_cny) = 3

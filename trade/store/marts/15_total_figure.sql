-- one row per figure of China's total trade as printed anywhere, the world row of the customs table by country included
-- key: figure
--
-- until: the vintage that replaced this figure of a customs table; NULL for figures that were not replaced.
SELECT row_number() OVER (ORDER BY freq, period, flow, currency, source_id, source_title, value, published, until) AS figure, *
FROM (
    SELECT
        source_id, freq, period, period_start, flow, currency, value, half_width, growth_pct, derived, authority,
        source_title, source_url, published
    FROM staging.released_figure
    WHERE topic = 'total'
    UNION ALL BY NAME
    SELECT
        source_id, freq, period, period_start, flow, 'CNY' AS currency, value_cny AS value, 5e3 AS half_width, growth_pct,
        quality = 'derived' AS derived, 2 AS authority, source.title AS source_title, source.url AS source_url, table_row.published
    FROM staging.customs_table AS table_row
    JOIN fact.source AS source USING (source_id)
    WHERE code = 'world'
    UNION ALL BY NAME
    SELECT
        source_id, 'A' AS freq, left(period, 4) AS period, CAST(left(period, 4) || '-01-01' AS DATE) AS period_start, flow,
        'CNY' AS currency, value_cny AS value, 5e3 AS half_width, growth_pct, false AS derived, 2 AS authority,
        source.title AS source_title, source.url AS source_url, table_row.published
    FROM staging.customs_table AS table_row
    JOIN fact.source AS source USING (source_id)
    WHERE code = 'world' AND freq = 'YTD' AND period LIKE '%-12' AND quality = 'reported'
    UNION ALL BY NAME
    SELECT
        source_id, counted AS freq, if(counted = 'A', left(period, 4), period) AS period,
        CAST(if(counted = 'A', left(period, 4) || '-01', period) || '-01' AS DATE) AS period_start, flow, 'CNY' AS currency,
        value_cny_10k * 1e4 AS value, 5e3 AS half_width, growth_pct, quality = 'derived' AS derived, 2 AS authority,
        source.title AS source_title, source.url AS source_url, coalesce(table_row.published, vintage) AS published, until
    FROM (
        SELECT *, unnest(if(freq = 'YTD' AND period LIKE '%-12' AND quality = 'reported', ['YTD', 'A'], [freq])) AS counted
        FROM former.group_trade
        WHERE group_code = 'world' AND flow <> 'total'
    ) AS table_row
    JOIN fact.source AS source USING (source_id)
)

-- one row per freq, period, code and flow of the customs table by country: as printed, and the months between printed ones
--
-- The table is available for some months only (2025-02, -04, ... 2026-06, -07). If the month before a printed month m is
-- missing, it is computed: month(m-1) = ytd(m) - month(m) - ytd(m-2), ytd(m-1) = ytd(m) - month(m). The result includes
-- revisions of earlier months; where it is negative, as it can be for very small partners, it is missing. A dash in the
-- printed table means no trade: no row is stored for it, and only in these differences does it count as zero.
WITH printed AS (
    SELECT source_id, freq, period, partner AS code, flow, value_cny_10k * 1e4 AS value_cny, growth_pct, quality, published, note
    FROM fact.partner_trade
    UNION ALL
    SELECT source_id, freq, period, group_code AS code, flow, value_cny_10k * 1e4 AS value_cny, growth_pct, quality, published, note
    FROM fact.group_trade
),
-- months with partners only (2024): the continents and the world as sums of partners
summed AS (
    SELECT source_id, freq, period, code, flow, sum(value_cny) AS value_cny, 'derived' AS quality, max(published) AS published,
        'sum over partners' AS note
    FROM (
        SELECT printed.* EXCLUDE (code), unnest(['world', economy.customs_continent]) AS code
        FROM printed JOIN fact.economy AS economy ON economy.economy = printed.code
        WHERE freq = 'M' AND flow <> 'total' AND period NOT IN (SELECT period FROM fact.group_trade WHERE freq = 'M')
    )
    WHERE code <> 'antarctica'
    GROUP BY source_id, freq, period, code, flow
),
monthly AS (
    SELECT * FROM printed WHERE freq = 'M' AND flow <> 'total' UNION ALL BY NAME SELECT * FROM summed
),
issues AS (
    SELECT source_id, period, CAST(period || '-01' AS DATE) AS period_start,
        lag(period) OVER (PARTITION BY source_id, left(period, 4) ORDER BY period) AS former,
        CAST(right(period, 2) AS INTEGER) AS month
    FROM (SELECT DISTINCT source_id, period FROM printed WHERE freq = 'YTD')
),
gaps AS (
    SELECT *, strftime(period_start - INTERVAL 1 MONTH, '%Y-%m') AS gap FROM issues
    WHERE month - coalesce(CAST(right(former, 2) AS INTEGER), 0) = 2
),
between_months AS (
    SELECT
        gaps.source_id, gap AS period, now.code, now.flow, now.published,
        now.value_cny - coalesce(month.value_cny, 0) AS ytd_cny,
        now.value_cny - coalesce(month.value_cny, 0) - coalesce(former.value_cny, 0) AS month_cny
    FROM gaps
    JOIN printed AS now ON now.source_id = gaps.source_id AND now.period = gaps.period AND now.freq = 'YTD' AND now.flow <> 'total'
    LEFT JOIN printed AS month ON month.source_id = now.source_id AND month.period = now.period AND month.freq = 'M'
        AND month.code = now.code AND month.flow = now.flow
    LEFT JOIN printed AS former ON former.source_id = now.source_id AND former.period = gaps.former AND former.freq = 'YTD'
        AND former.code = now.code AND former.flow = now.flow
    WHERE now.value_cny IS NOT NULL
),
-- cumulative sums of months; a partner without trade in a month keeps the sum of the month before
cumulated AS (
    SELECT source_id, period, code, flow, issue.published,
        sum(value_cny) OVER (PARTITION BY source_id, code, flow, left(period, 4) ORDER BY period) AS value_cny
    FROM (
        SELECT source_id, period, max(published) AS published FROM monthly
        WHERE left(period, 4) NOT IN (SELECT left(period, 4) FROM issues WHERE month <> 12)
        GROUP BY source_id, period
    ) AS issue
    JOIN (SELECT DISTINCT source_id, code, flow FROM monthly) AS trader USING (source_id)
    LEFT JOIN monthly USING (source_id, period, code, flow)
),
all_rows AS (
    SELECT source_id, freq, period, code, flow, value_cny, growth_pct, quality, published, note FROM printed
    WHERE flow <> 'total'
    UNION ALL BY NAME
    SELECT * FROM summed
    UNION ALL BY NAME
    SELECT source_id, 'M' AS freq, period, code, flow, month_cny AS value_cny, 'derived' AS quality, published
    FROM between_months WHERE month_cny >= 0
    UNION ALL BY NAME
    SELECT source_id, 'YTD' AS freq, period, code, flow, ytd_cny AS value_cny, 'derived' AS quality, published
    FROM between_months WHERE ytd_cny >= 0
    UNION ALL BY NAME
    -- 2024 is available by month, so its cumulative values are sums, except that of December, which is printed
    SELECT source_id, 'YTD' AS freq, period, code, flow, value_cny, 'derived' AS quality, published FROM cumulated
    WHERE period NOT LIKE '%-12' AND value_cny IS NOT NULL
),
totals AS (
    SELECT freq, period, code, any_value(source_id) AS source_id, 'total' AS flow, sum(value_cny) AS value_cny,
        max(quality) FILTER (WHERE quality <> 'reported') AS worst, max(published) AS published
    FROM all_rows WHERE value_cny IS NOT NULL
    GROUP BY freq, period, code
)
SELECT source_id, freq, period, CAST(period || '-01' AS DATE) AS period_start, code, flow, value_cny, growth_pct, quality, published, note
FROM all_rows
WHERE value_cny IS NOT NULL OR growth_pct IS NOT NULL
UNION ALL BY NAME
SELECT totals.source_id, totals.freq, totals.period, CAST(totals.period || '-01' AS DATE) AS period_start, totals.code, totals.flow,
    totals.value_cny, printed.growth_pct, coalesce(totals.worst, 'reported') AS quality, totals.published, NULL AS note
FROM totals
LEFT JOIN printed ON printed.freq = totals.freq AND printed.period = totals.period AND printed.code = totals.code
    AND printed.flow = 'total'

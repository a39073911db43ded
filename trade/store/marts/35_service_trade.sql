-- one row per concept, basis, freq, period, item, flow and currency: China's trade in services, the preferred figure of those printed
-- key: concept, basis, freq, period, item, flow, currency
--
-- concept  balance of payments (World Bank from the IMF for years, SAFE for months and quarters) or ministry of commerce:
--          they measure different things and are never combined.
-- basis    the ministry revised its base in 2026; levels on the two bases are never compared.
-- Official pages come before the press, then the finer unit, then the earlier page. A total or balance that a page does not
-- print is computed from its exports and imports. SAFE prints the first three quarters of 2025 and the fourth, from which
-- the year and the second quarter are computed. All computed figures are marked `derived`.
WITH printed AS (
    SELECT
        if(sub_item LIKE 'ministry%', 'ministry of commerce', sub_item) AS concept,
        if(sub_item LIKE '%base of 2026', '2026', 'former') AS basis,
        freq, period, period_start, item, flow, currency, value, half_width, growth_pct, derived, authority, note, source_id, source_title,
        source_url, published
    FROM staging.released_figure
    WHERE topic = 'services'
),
best AS (
    SELECT * FROM printed
    WHERE value IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY concept, basis, freq, period, item, flow, currency
        ORDER BY authority <= 2 DESC, half_width, authority, published, source_title
    ) = 1
),
pairs AS (
    SELECT exports.* REPLACE (
        exports.half_width + imports.half_width AS half_width, NULL AS growth_pct, true AS derived, NULL AS note,
        greatest(exports.published, imports.published) AS published
    ), imports.value AS import_value
    FROM best AS exports
    JOIN best AS imports USING (concept, basis, freq, period, item, currency, source_id, source_title)
    WHERE exports.flow = 'export' AND imports.flow = 'import'
),
paired AS (
    SELECT * EXCLUDE (import_value) REPLACE ('total' AS flow, value + import_value AS value) FROM pairs
    UNION ALL
    SELECT * EXCLUDE (import_value) REPLACE ('balance' AS flow, value - import_value AS value) FROM pairs
),
filled AS (
    SELECT * FROM best
    UNION ALL
    SELECT paired.* FROM paired ANTI JOIN best USING (concept, basis, freq, period, item, flow, currency)
),
spans AS (
    SELECT whole.* REPLACE (
        'A' AS freq, left(whole.period, 4) AS period, make_date(year(whole.period_start), 1, 1) AS period_start,
        whole.value + last.value AS value, whole.half_width + last.half_width AS half_width, NULL AS growth_pct, true AS derived,
        'first three quarters plus the fourth' AS note, last.source_title AS source_title, last.source_url AS source_url,
        last.published AS published
    )
    FROM filled AS whole
    JOIN filled AS last ON last.freq = 'Q' AND last.period = left(whole.period, 4) || '-Q4'
        AND (last.concept, last.basis, last.item, last.flow, last.currency, last.source_id)
            = (whole.concept, whole.basis, whole.item, whole.flow, whole.currency, whole.source_id)
    WHERE whole.freq = 'YTD' AND whole.period LIKE '%-09'
    UNION ALL
    SELECT whole.* REPLACE (
        'Q' AS freq, left(whole.period, 4) || '-Q2' AS period, make_date(year(whole.period_start), 4, 1) AS period_start,
        whole.value - first.value - third.value AS value, whole.half_width + first.half_width + third.half_width AS half_width,
        NULL AS growth_pct, true AS derived, 'first three quarters less the first and the third' AS note
    )
    FROM filled AS whole
    JOIN filled AS first ON first.freq = 'Q' AND first.period = left(whole.period, 4) || '-Q1'
        AND (first.concept, first.basis, first.item, first.flow, first.currency, first.source_id)
            = (whole.concept, whole.basis, whole.item, whole.flow, whole.currency, whole.source_id)
    JOIN filled AS third ON third.freq = 'Q' AND third.period = left(whole.period, 4) || '-Q3'
        AND (third.concept, third.basis, third.item, third.flow, third.currency, third.source_id)
            = (whole.concept, whole.basis, whole.item, whole.flow, whole.currency, whole.source_id)
    WHERE whole.freq = 'YTD' AND whole.period LIKE '%-09'
)
SELECT
    concept, basis, freq, period, period_start, item, coalesce(name_zh, item) AS item_zh, coalesce(overlapping, false) AS overlapping,
    flow, currency, value, half_width, growth_pct, derived, authority, note, source_id, source_title, source_url, published
FROM (
    FROM filled
    UNION ALL BY NAME
    SELECT spans.* FROM spans ANTI JOIN filled USING (concept, basis, freq, period, item, flow, currency)
)
LEFT JOIN (SELECT item, name_zh, overlapping FROM fact.service_item) USING (item)
ORDER BY concept, freq, item, flow, currency, period

-- One row per freq, period, flow and currency: the preferred figure among those published by `as_of` (an ISO date of any
-- precision; NULL: all), with the first release.
--
-- Preferred value: in dollars the long customs series, the only complete one. Its levels mix first releases and
-- revisions, so growth is taken as published. In yuan official pages and tables come before the press, then the finer
-- unit. Known misprints (authority 5) are never used.
-- The total is exports + imports if both come from one source, so that the three always agree.
-- The first release is the earliest official figure in the store, else the earliest of all, else missing. It must be
-- known to four digits, so that growth from it is correct to a tenth of a point. Rounded press figures (3.30 trillion)
-- and the long series, which is revised as a whole, do not count as first releases.
-- A publication date known only to the month or year counts as its last day.
-- A customs table that a later vintage replaced counts until that vintage, and still counts for the first release.
-- Published growth is that of the highest authority that prints it: it refers to customs' own revised base.
CREATE MACRO totals_known_by(as_of) AS TABLE
WITH known AS (
    SELECT * FROM total_figure
    WHERE authority < 5 AND (as_of IS NULL OR last_day_of(published) <= last_day_of(CAST(as_of AS VARCHAR)))
),
in_force AS (
    SELECT * FROM known
    WHERE until IS NULL OR last_day_of(until) > last_day_of(CAST(as_of AS VARCHAR))
),
valued AS (
    SELECT * FROM in_force
    WHERE value IS NOT NULL AND flow IN ('export', 'import', 'total')
    QUALIFY row_number() OVER (
        PARTITION BY freq, period, flow, currency
        ORDER BY (currency = 'USD' AND authority = 3) DESC, authority <= 2 DESC, half_width, authority, published, source_title
    ) = 1
),
summed AS (
    SELECT
        exports.* REPLACE (
            'total' AS flow,
            exports.value + imports.value AS value,
            exports.half_width + imports.half_width AS half_width,
            true AS derived
        )
    FROM valued AS exports
    JOIN valued AS imports USING (freq, period, currency, source_id, source_title)
    WHERE exports.flow = 'export' AND imports.flow = 'import'
),
preferred AS (
    SELECT * EXCLUDE (growth_pct)
    FROM (
        SELECT * FROM valued WHERE flow <> 'total'
        UNION ALL BY NAME
        SELECT * FROM summed
        UNION ALL BY NAME
        SELECT valued.* FROM valued ANTI JOIN summed USING (freq, period, currency) WHERE flow = 'total'
    )
),
printed AS (
    SELECT *, freq = 'A' AS of_year FROM in_force WHERE growth_pct IS NOT NULL
    UNION ALL
    -- the annual growth is also that of January to December
    SELECT * REPLACE ('YTD' AS freq, period || '-12' AS period), true FROM in_force WHERE growth_pct IS NOT NULL AND freq = 'A'
),
grown AS (
    SELECT freq, period, flow, currency, growth_pct, source_id AS growth_source_id, source_title AS growth_source_title
    FROM printed
    QUALIFY row_number() OVER (
        PARTITION BY freq, period, flow, currency ORDER BY of_year AND freq = 'YTD', authority, published, source_title
    ) = 1
),
first_release AS (
    SELECT freq, period, flow, currency, value AS first_value, published AS first_published
    FROM known
    WHERE half_width <= 0.0005 * abs(value) AND (authority <> 3 OR until IS NOT NULL)
    QUALIFY row_number() OVER (
        PARTITION BY freq, period, flow, currency
        ORDER BY authority <= 2 DESC, last_day_of(published) NULLS LAST, half_width, authority, source_title
    ) = 1
)
SELECT
    freq, period, period_start, flow, currency, value, half_width, derived,
    growth_pct, growth_source_id, growth_source_title,
    first_value, first_published,
    source_id, source_title, source_url, published
FROM preferred
LEFT JOIN grown USING (freq, period, flow, currency)
LEFT JOIN first_release USING (freq, period, flow, currency)

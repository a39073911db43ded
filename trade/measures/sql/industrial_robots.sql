/* ---
title = "Industrial robots"
unit = "value"
definition = "China's exports and imports of industrial robots, every available figure, as dollars a month so that years, quarters and months can be compared."
formula = "X / months of the period; X_t-1 = X_t / (1 + g_t) where only the growth was printed; ratio X / M"
tex = '''\bar X = \frac{X}{\text{months}}, \qquad X_{t-1} = \frac{X_t}{1 + g_t}, \qquad \frac{X}{M}'''
reference = "General Administration of Customs, tables of main commodities, March and July 2026; China Robot Industry Alliance and China Machinery Industry Federation as quoted by the press, named in each row"
caveats = [
    "Customs lists industrial robots from 2026 only. Earlier years are associations' or press figures (weak sources), whose scope may differ from the customs item.",
    "The months of 2025 (quality implied) follow from customs' 2026 figure and its printed growth.",
    "No source gives imports of 2023, 2024 or the whole of 2025: the year in which exports overtook imports cannot be determined from these figures, only that it lies between 2022 and March 2025.",
    "Customs' yuan are converted at the rate that the two official totals imply.",
]

[parameters.currency]
domain = ["USD"]
default = "USD"
help = "Most figures are in dollars."
--- */
WITH customs AS (
    SELECT freq, period, flow, value, coalesce(growth_pct, growth_computed_pct) AS growth_pct, 'customs' AS origin, quantity, source_id, 'Table of main commodities' AS source_title, NULL AS source_url, NULL AS published
    FROM product_change WHERE product = 'industrial-robots' AND freq <> 'Q' AND currency = $currency
    UNION ALL
    SELECT freq, CAST(CAST(left(period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(period, 5), flow, base_value, NULL, 'implied', NULL, source_id,
        'Table of main commodities', NULL, NULL
    FROM product_change WHERE product = 'industrial-robots' AND freq <> 'Q' AND currency = $currency AND base_value IS NOT NULL
),
told AS (
    SELECT freq, period, flow, value, growth_pct, if(item LIKE '%(C%', 'association', 'press') AS origin, NULL::DOUBLE AS quantity, source_id, source_title, source_url, published
    FROM staging.released_figure
    WHERE topic = 'category' AND item LIKE 'Industrial robots%' AND item NOT LIKE '%private%' AND currency = $currency AND value IS NOT NULL
),
answers AS (
    SELECT * FROM customs UNION ALL SELECT * FROM told
),
dated AS (
    SELECT
        *, CAST(if(freq = 'M', period, left(period, 4) || '-01') || '-01' AS DATE) AS period_start,
        last_day(CAST(if(length(period) = 4, period || '-12', period) || '-01' AS DATE)) AS period_end
    FROM answers
)
SELECT
    freq, period, period_start, period_end, flow, value, value / (datediff('month', period_start, period_end) + 1) AS per_month,
    value / max(if(flow = 'import', value, NULL)) OVER (PARTITION BY freq, period) AS ratio_to_imports,
    growth_pct, quantity, origin, source_id, source_title, source_url, published
FROM dated
ORDER BY period_end, period_start, flow

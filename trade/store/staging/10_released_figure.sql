-- one row per printed figure with a value in full yuan or dollars and the half-width of its rounding
SELECT
    *,
    CASE freq
        WHEN 'Q' THEN make_date(CAST(left(period, 4) AS INTEGER), 3 * CAST(right(period, 1) AS INTEGER) - 2, 1)
        ELSE CAST(left(period, 4) || '-' || coalesce(nullif(substr(period, 6, 2), ''), '01') || '-01' AS DATE)
    END AS period_start,
    round(CAST(printed AS DOUBLE) * scale, 2) AS value,
    0.5 * scale / power(10, length(split_part(printed, '.', 2))) AS half_width
FROM fact.released_figure
LEFT JOIN (VALUES ('tn', 1e12), ('bn', 1e9), ('100m', 1e8), ('mn', 1e6), ('10k', 1e4), ('1000', 1e3), ('1', 1.0)) AS money (unit, scale) USING (unit)
WHERE freq <> 'FY'

-- CEPII BACI: t year, i exporter, j importer (numbers), k HS6 code, v thousands of dollars, reconciled from both sides' reports.
--
-- What the marts read as hs_fact, over hs_row (the columns named in the file beside this one) and hs_number. Plain SQL that
-- DuckDB and Spark read alike. Cents are rounded here and not where decimals are cast, which each engine does in its own way.
SELECT
    source_id, classification, seller.economy AS reporter, 'A' AS freq, CAST(t AS VARCHAR) AS period, 'export' AS flow,
    buyer.economy AS partner, k AS product, ROUND(v * 100000) / 100 AS value_usd, 'reconciled' AS quality
FROM hs_row
JOIN hs_number AS seller ON seller.number = i
JOIN hs_number AS buyer ON buyer.number = j

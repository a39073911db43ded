-- one row per source, classification, freq, period, flow, economy and HS code as loaded: dollars with all partners together
-- key: source_id, classification, freq, period, flow, economy, product
--
-- The files of this folder run in the order of their numbers over one relation, hs_fact, wherever it lies: plain SQL that
-- DuckDB and Spark read alike, without macros. Measures and pages read these tables, never the facts.
-- Exports that were reconciled tell the importer's side too (quality mirror); a source reports or reconciles, never both.
-- Partner WLD is all partners together, economy WLD the world as the source gives it; where partners are given, it is their sum.
-- Dollars are summed as decimals: floating sums depend on the order of rows, which threads and clusters do not keep. Two
-- digits keep every sum below 9e13 dollars, several times the world's trade of a year, exact in a double as well.
-- The least direct quality is the first in the alphabet: averaged, derived, mirror, reconciled, reported.
-- The two sides are added up apart, which takes an eighth less time than together.
SELECT
    source_id, classification, freq, period, flow, reporter AS economy, product,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CASE WHEN partner = 'WLD' THEN 0 ELSE 1 END) AS BIGINT) AS partners,
    MIN(CASE WHEN flow = 'import' AND quality = 'reconciled' THEN 'mirror' ELSE quality END) AS quality
FROM hs_fact
GROUP BY source_id, classification, freq, period, flow, reporter, product
UNION ALL
SELECT source_id, classification, freq, period, 'import' AS flow, partner AS economy, product,
    CAST(SUM(CAST(value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd, COUNT(*) AS partners, 'mirror' AS quality
FROM hs_fact
WHERE flow = 'export' AND quality = 'reconciled' AND partner <> 'WLD'
GROUP BY source_id, classification, freq, period, partner, product
ORDER BY source_id, classification, freq, flow, economy, period, product

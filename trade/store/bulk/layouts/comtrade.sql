-- UN Comtrade bulk files: one row per reporter, period, flow, partner and code, at every level of the HS; dollars as reported.
--
-- See baci.sql. Only six digits are read (shorter codes are their sums), exports and imports (re-exports are part of
-- exports), and totals over second partner, customs procedure and means of transport.
SELECT
    source_id,
    CASE classificationCode
        WHEN 'H0' THEN 'HS1992' WHEN 'H1' THEN 'HS1996' WHEN 'H2' THEN 'HS2002' WHEN 'H3' THEN 'HS2007'
        WHEN 'H4' THEN 'HS2012' WHEN 'H5' THEN 'HS2017' WHEN 'H6' THEN 'HS2022' ELSE 'HS'
    END AS classification,
    own.economy AS reporter, freqCode AS freq,
    CASE WHEN LENGTH(period) = 6 THEN CONCAT(SUBSTRING(period, 1, 4), '-', SUBSTRING(period, 5, 2)) ELSE period END AS period,
    CASE flowCode WHEN 'X' THEN 'export' ELSE 'import' END AS flow,
    other.economy AS partner, cmdCode AS product, ROUND(primaryValue * 100) / 100 AS value_usd, 'reported' AS quality
FROM hs_row
JOIN hs_number AS own ON own.number = reporterCode
JOIN hs_number AS other ON other.number = partnerCode
WHERE flowCode IN ('X', 'M') AND LENGTH(cmdCode) = 6 AND TRANSLATE(cmdCode, '0123456789', '') = ''
    AND typeCode = 'C' AND partner2Code = 0 AND customsCode = 'C00' AND motCode = 0

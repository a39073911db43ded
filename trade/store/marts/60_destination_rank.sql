-- one row per dataset, flow, EU treatment, year, economy and partner among its three largest: ranks with and without Hong Kong and Macao
-- key: dataset, flow, eu, year, reporter, partner
--
-- What every count of first destinations reads, so that no switch ranks the million rows of the matrix again. flow: export
-- ranks destinations, import sources, total partners in two-way trade (economies that reported exports in that year only).
-- eu: members as they are, or the members of the year's end as one market and one exporter without trade inside it.
-- The five largest come as two lists in one order, a fourth faster than as one list of pairs. Five partners are kept, so that three stay when Hong Kong and Macao are left out. The datasets are never mixed:
-- cia, oecd and imf list destinations only, so the EU cannot be summed in them. Equal values share a rank.
WITH member AS (
    SELECT DISTINCT matrix.year, member.economy
    FROM (SELECT DISTINCT year FROM bilateral) AS matrix
    JOIN fact.group_member AS member ON member.group_code = 'eu'
        AND member.valid_from <= make_date(matrix.year, 12, 31)
        AND (member.valid_to IS NULL OR member.valid_to >= make_date(matrix.year, 12, 31))
),
marked AS (
    SELECT export.*, seller.economy IS NOT NULL AS eu_seller, buyer.economy IS NOT NULL AS eu_buyer
    FROM bilateral AS export
    LEFT JOIN member AS seller ON seller.year = export.year AND seller.economy = exporter
    LEFT JOIN member AS buyer ON buyer.year = export.year AND buyer.economy = importer
),
exports AS (
    SELECT 'members' AS eu, year, exporter, importer, value_usd, source_id FROM bilateral
    UNION ALL
    SELECT 'one', year, exporter, importer, value_usd, source_id FROM marked WHERE NOT eu_seller AND NOT eu_buyer
    UNION ALL
    SELECT 'one', year, if(eu_seller, 'eu', exporter), if(eu_buyer, 'eu', importer), sum(value_usd), any_value(source_id)
    FROM marked WHERE eu_seller <> eu_buyer
    GROUP BY ALL
),
directed AS (
    SELECT 'export' AS flow, eu, year, exporter AS reporter, importer AS partner, value_usd, source_id FROM exports
    UNION ALL
    SELECT 'import', eu, year, importer, exporter, value_usd, source_id FROM exports
),
two_way AS (
    SELECT 'total' AS flow, eu, year, reporter, partner, sum(value_usd) AS value_usd, any_value(source_id) AS source_id
    FROM directed
    SEMI JOIN (SELECT DISTINCT eu, year, exporter AS reporter FROM exports) USING (eu, year, reporter)
    GROUP BY ALL
),
largest AS (
    SELECT flow, eu, year, reporter, sum(value_usd) AS total_usd, any_value(source_id) AS source_id,
        unnest(max_by(partner, value_usd, 5)) AS partner, unnest(max(value_usd, 5)) AS value_usd
    FROM (FROM directed UNION ALL BY NAME FROM two_way)
    GROUP BY flow, eu, year, reporter
),
listed AS (
    SELECT 'matrix' AS dataset, *, 100 * value_usd / total_usd AS share_pct, true AS rank_certain,
        rank() OVER (PARTITION BY flow, eu, year, reporter ORDER BY value_usd DESC) AS rank
    FROM largest
    UNION ALL BY NAME
    -- shares are whole percents: a partner that ties with another might stand on its place
    SELECT 'cia' AS dataset, 'export' AS flow, 'members' AS eu, year, exporter AS reporter,
        coalesce(partner, if(partner_name = 'EU', 'eu', 'XXU')) AS partner, rank, share_pct,
        count(*) OVER (PARTITION BY year, exporter, share_pct) = 1 AS rank_certain, source_id
    FROM fact.destination_share
    QUALIFY row_number() OVER (PARTITION BY year, exporter, coalesce(partner, if(partner_name = 'EU', 'eu', 'XXU')) ORDER BY rank) = 1
    UNION ALL BY NAME
    -- an exporter with a year that its note calls unusable is left out of all years, so that years compare
    SELECT 'oecd' AS dataset, 'export' AS flow, 'members' AS eu, year, exporter AS reporter, partner, rank, share_pct, rank_certain,
        value_usd, exporter_total_usd AS total_usd, source_id
    FROM fact.top_destination
    ANTI JOIN (SELECT DISTINCT exporter FROM fact.top_destination WHERE note IS NOT NULL AND source_id = 'oecd_btige') USING (exporter)
    WHERE source_id = 'oecd_btige'
    UNION ALL BY NAME
    -- the latest year of each pair: one reading, filed under its last year; a flagged exporter is counted as uncertain
    SELECT 'imf' AS dataset, 'export' AS flow, 'members' AS eu, year, exporter AS reporter, partner, rank, share_pct, rank_certain,
        value_usd, exporter_total_usd AS total_usd, source_id
    FROM fact.top_destination
    WHERE source_id = 'imf_imts'
),
ranked AS (
    SELECT *, if(partner IN ('HKG', 'MAC'), NULL, rank() OVER (
        PARTITION BY dataset, flow, eu, year, reporter, partner IN ('HKG', 'MAC') ORDER BY rank
    )) AS rank_without_hk_macao
    FROM listed
)
SELECT dataset, flow, eu, CAST(year AS INTEGER) AS year, reporter, partner, CAST(rank AS INTEGER) AS rank,
    CAST(rank_without_hk_macao AS INTEGER) AS rank_without_hk_macao, rank_certain, value_usd, share_pct, total_usd, source_id
FROM ranked
WHERE rank <= 3 OR rank_without_hk_macao <= 3
ORDER BY dataset, flow, eu, year, reporter, rank

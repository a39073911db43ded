-- one row per dataset, flow, EU treatment, year, economy and partner among its three largest: ranks with and without Hong Kong and Macao
-- key: dataset, flow, eu, year, reporter, partner
--
-- All counts of first destinations read this table, so that no option has to rank the million rows of the matrix again.
-- flow  export ranks destinations, import ranks origins, total ranks partners in two-way trade (only for economies that
--       reported exports in the year).
-- eu    members: each member by itself; one: the members at the end of the year as one exporter and one market, without
--       trade among them.
-- The datasets are never mixed: cia, oecd and imf list destinations only, so the EU cannot be summed in them. Equal values
-- have the same rank. Five partners are selected, so that three remain without Hong Kong and Macao.
-- For speed, economies are numbers until their largest partners are known (grouping a million rows takes two thirds of the
-- time), the five largest are two lists in the same order (a fourth faster than one list of pairs), and two-way trade is
-- summed once per pair.
WITH source AS (SELECT year, any_value(source_id) AS source_id FROM bilateral GROUP BY year),
code AS (
    SELECT economy, CAST(row_number() OVER (ORDER BY economy) AS USMALLINT) AS number
    FROM (SELECT exporter FROM bilateral UNION SELECT importer FROM bilateral UNION SELECT 'eu') AS every (economy)
),
member AS (
    SELECT DISTINCT source.year, code.number
    FROM source
    JOIN fact.group_member AS member ON member.group_code = 'eu'
        AND member.valid_from <= make_date(source.year, 12, 31)
        AND (member.valid_to IS NULL OR member.valid_to >= make_date(source.year, 12, 31))
    JOIN code USING (economy)
),
marked AS (
    SELECT CAST(export.year AS USMALLINT) AS year, seller.number AS exporter, buyer.number AS importer, value_usd,
        from_eu.number IS NOT NULL AS eu_seller, to_eu.number IS NOT NULL AS eu_buyer
    FROM bilateral AS export
    JOIN code AS seller ON seller.economy = exporter
    JOIN code AS buyer ON buyer.economy = importer
    LEFT JOIN member AS from_eu ON from_eu.year = export.year AND from_eu.number = seller.number
    LEFT JOIN member AS to_eu ON to_eu.year = export.year AND to_eu.number = buyer.number
),
exports AS (
    SELECT false AS eu_is_one, year, exporter, importer, value_usd FROM marked
    UNION ALL
    SELECT true, year, exporter, importer, value_usd FROM marked WHERE NOT eu_seller AND NOT eu_buyer
    UNION ALL
    SELECT true, year, if(eu_seller, eu.number, exporter), if(eu_buyer, eu.number, importer), sum(value_usd)
    FROM marked, (SELECT number FROM code WHERE economy = 'eu') AS eu
    WHERE eu_seller <> eu_buyer
    GROUP BY ALL
),
directed AS (
    SELECT 'export' AS flow, eu_is_one, year, exporter AS reporter, importer AS partner, value_usd FROM exports
    UNION ALL
    SELECT 'import', eu_is_one, year, importer, exporter, value_usd FROM exports
),
pair AS (
    SELECT eu_is_one, year, least(exporter, importer) AS low, greatest(exporter, importer) AS high, sum(value_usd) AS value_usd
    FROM exports
    GROUP BY ALL
),
two_way AS (
    SELECT 'total' AS flow, eu_is_one, year, low AS reporter, high AS partner, value_usd FROM pair
    UNION ALL
    SELECT 'total', eu_is_one, year, high, low, value_usd FROM pair
),
largest AS (
    SELECT flow, eu_is_one, year, reporter, sum(value_usd) AS total_usd,
        unnest(max_by(partner, value_usd, 5)) AS partner, unnest(max(value_usd, 5)) AS value_usd
    FROM (FROM directed UNION ALL BY NAME FROM two_way)
    GROUP BY flow, eu_is_one, year, reporter
),
named AS (
    SELECT flow, if(eu_is_one, 'one', 'members') AS eu, year, seller.economy AS reporter, buyer.economy AS partner,
        value_usd, total_usd, source_id
    FROM largest
    JOIN code AS seller ON seller.number = reporter
    JOIN code AS buyer ON buyer.number = partner
    JOIN source USING (year)
    -- two-way trade is ranked only for economies that reported exports themselves
    WHERE flow <> 'total' OR EXISTS (
        FROM largest AS own
        WHERE own.flow = 'export' AND own.eu_is_one = largest.eu_is_one AND own.year = largest.year
            AND own.reporter = largest.reporter
    )
),
listed AS (
    SELECT 'matrix' AS dataset, *, 100 * value_usd / total_usd AS share_pct, true AS rank_certain,
        rank() OVER (PARTITION BY flow, eu, year, reporter ORDER BY value_usd DESC) AS rank
    FROM named
    UNION ALL BY NAME
    -- shares are whole percents, so the rank of partners with equal shares is uncertain
    SELECT 'cia' AS dataset, 'export' AS flow, 'members' AS eu, year, exporter AS reporter,
        coalesce(partner, if(partner_name = 'EU', 'eu', 'XXU')) AS partner, rank, share_pct,
        count(*) OVER (PARTITION BY year, exporter, share_pct) = 1 AS rank_certain, source_id
    FROM fact.destination_share
    QUALIFY row_number() OVER (PARTITION BY year, exporter, coalesce(partner, if(partner_name = 'EU', 'eu', 'XXU')) ORDER BY rank) = 1
    UNION ALL BY NAME
    -- an exporter with a note that a year is unusable is excluded from all years, so that years are comparable
    SELECT 'oecd' AS dataset, 'export' AS flow, 'members' AS eu, year, exporter AS reporter, partner, rank, share_pct, rank_certain,
        value_usd, exporter_total_usd AS total_usd, source_id
    FROM fact.top_destination
    ANTI JOIN (SELECT DISTINCT exporter FROM fact.top_destination WHERE note IS NOT NULL AND source_id = 'oecd_btige') USING (exporter)
    WHERE source_id = 'oecd_btige'
    UNION ALL BY NAME
    -- the latest year of each pair, as one data set stored under its last year; flagged exporters have uncertain ranks
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

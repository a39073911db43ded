-- title: HS chapters in one edition sum to the same total as groups of chapters in another, in percent of it
-- tolerance: 5.5
-- file: baci_chapters_hs17
-- sources: baci_chapters_hs17 baci_groups_hs92
-- Conversion between editions drops or keeps codes that have no counterpart: imports are up to 4.9% higher in HS 1992, exports within 2.7%.
SELECT concat_ws(' ', economy, period, flow) AS place, 100 * (chapters.value_usd / groups.value_usd - 1) AS value, 0 AS expected
FROM (SELECT * FROM hs_coverage WHERE source_id = 'baci_chapters_hs17') AS chapters
JOIN (SELECT * FROM hs_coverage WHERE source_id = 'baci_groups_hs92') AS groups USING (economy, period, flow)

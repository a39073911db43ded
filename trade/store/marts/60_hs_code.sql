-- one row per section and chapter of the Harmonized System: what a code is called
SELECT chapter AS code, name_en, name_zh, source_id FROM fact.hs_chapter
UNION ALL
SELECT DISTINCT section, section_en, section_zh, source_id FROM fact.hs_chapter

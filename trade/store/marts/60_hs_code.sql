-- one row per edition and code of the Harmonized System, or section, group and sector: its name
-- key: classification, code
--
-- Chapters and coarser levels have the same names in every edition. Headings and subheadings have the title of their
-- edition or, without one, that of the nearest later edition, else of the nearest earlier one. HS stands for an unknown
-- edition and has the latest titles. There are no Chinese titles of headings and subheadings: in Chinese they have the
-- short name of a headline good, or else the code with the short name of its chapter, HS 851779（电机、电气设备）, which says
-- more than the code and cannot be mistaken for a title.
WITH edition AS (
    SELECT 'HS' || year AS classification, coalesce(TRY_CAST(year AS INTEGER), 9999) AS year
    FROM unnest(['', '1992', '1996', '2002', '2007', '2012', '2017', '2022']) AS listed(year)
),
coarse AS (
    SELECT chapter AS code, name_en, name_zh, source_id FROM fact.hs_chapter
    UNION ALL
    SELECT DISTINCT section, section_en, section_zh, source_id FROM fact.hs_chapter
    UNION ALL
    SELECT DISTINCT code, name_en, name_zh, source_id FROM fact.hs_group
),
titled AS (
    SELECT *, CAST(substr(classification, 3) AS INTEGER) AS year FROM fact.hs_title
)
SELECT classification, code, name_en, name_zh, source_id
FROM edition
CROSS JOIN coarse
UNION ALL
SELECT
    edition.classification, titled.product, arg_min(titled.name_en, if(titled.year >= edition.year, 0, 9999) + abs(titled.year - edition.year)),
    coalesce(any_value(headline_good.name_zh), 'HS ' || titled.product || '（' || any_value(chapter.name_zh) || '）'),
    arg_min(titled.source_id, if(titled.year >= edition.year, 0, 9999) + abs(titled.year - edition.year))
FROM edition
CROSS JOIN titled
LEFT JOIN fact.headline_good USING (product)
LEFT JOIN fact.hs_short_name AS chapter ON chapter.code = left(titled.product, 2)
GROUP BY edition.classification, titled.product
ORDER BY classification, code

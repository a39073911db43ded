-- one row per HS code and level: the code of that level that contains it
-- key: code, level
--
-- Levels are loaded (the code itself), section, group, sector, chapter, heading and subheading. A code has no row for a
-- level that is finer or classified differently. Chapters without a section are put in section XXII.
WITH loaded AS (
    SELECT product AS code FROM hs_product
    UNION
    SELECT product FROM fact.product_purchase
),
known AS (
    FROM loaded
    UNION
    SELECT left(code, digits) FROM loaded CROSS JOIN (VALUES (2), (4)) AS level(digits)
    WHERE hs_kind(code) IN ('heading', 'subheading') AND length(code) > digits
    UNION
    SELECT unnest([chapter, section]) FROM fact.hs_chapter
    UNION
    SELECT code FROM fact.hs_group
)
SELECT code, 'loaded' AS level, code AS parent FROM known
UNION ALL
SELECT code, hs_kind(code), code FROM known
UNION ALL
SELECT code, 'heading', left(code, 4) FROM known WHERE hs_kind(code) = 'subheading'
UNION ALL
SELECT code, 'chapter', left(code, 2) FROM known WHERE hs_kind(code) IN ('heading', 'subheading')
UNION ALL
SELECT code, 'section', coalesce(section, 'XXII')
FROM known
LEFT JOIN fact.hs_chapter ON chapter = left(code, 2)
WHERE hs_kind(code) IN ('chapter', 'heading', 'subheading')
UNION ALL
SELECT known.code, scheme, hs_group.code
FROM known
JOIN fact.hs_group ON chapter = left(known.code, 2)
WHERE hs_kind(known.code) IN ('chapter', 'heading', 'subheading')
ORDER BY level, parent, code

-- What kind of code of the Harmonized System a text is: subheading, heading, chapter, section, sector or group. The names
-- inside these macros are odd so that they take no column's place.
CREATE MACRO hs_kind(a_text) AS
    CASE WHEN a_text IS NULL THEN NULL
        WHEN regexp_full_match(a_text, '\d{6}') THEN 'subheading'
        WHEN regexp_full_match(a_text, '\d{4}') THEN 'heading'
        WHEN regexp_full_match(a_text, '\d{2}') THEN 'chapter'
        WHEN regexp_full_match(a_text, '[IVX]+') THEN 'section'
        WHEN regexp_full_match(a_text, '\d{2}-\d{2}') THEN 'sector'
        ELSE 'group' END;

-- The code of a level of the Harmonized System that holds a product: loaded (the code itself), section, group, sector,
-- chapter, heading, subheading; missing if the data are coarser than the level or are parted in another way.
CREATE MACRO hs_level(product, a_level) AS
    CASE WHEN a_level = 'loaded' THEN product
        WHEN hs_kind(product) IN ('section', 'sector', 'group') THEN CASE WHEN hs_kind(product) = a_level THEN product END
        WHEN a_level = 'section' THEN coalesce((
            SELECT a_section FROM (SELECT chapter AS a_chapter, section AS a_section FROM fact.hs_chapter) WHERE a_chapter = left(product, 2)
        ), 'XXII')
        WHEN a_level IN ('group', 'sector') THEN (
            SELECT a_group FROM (SELECT scheme AS a_scheme, chapter AS a_chapter, code AS a_group FROM fact.hs_group)
            WHERE a_chapter = left(product, 2) AND a_scheme = a_level
        )
        WHEN a_level = 'chapter' THEN left(product, 2)
        WHEN a_level = 'heading' THEN CASE WHEN length(product) >= 4 THEN left(product, 4) END
        WHEN a_level = 'subheading' THEN CASE WHEN length(product) >= 6 THEN product END
    END;

-- Whether a product stands inside a section, group, sector, chapter or heading; in all of them if a_code is missing.
CREATE MACRO hs_within(product, a_code) AS
    a_code IS NULL OR product = a_code
    OR (hs_kind(a_code) IN ('chapter', 'heading', 'subheading') AND starts_with(product, a_code))
    OR (hs_kind(a_code) IN ('section', 'sector', 'group') AND hs_level(product, hs_kind(a_code)) = a_code);

-- Whether data of a finest level answer for a level: all codes of digits for the levels above them, others for their own.
CREATE MACRO hs_answers(a_digits, a_finest, a_level) AS
    CASE WHEN a_level IS NULL OR a_level = 'loaded' THEN true
        WHEN a_level = 'subheading' THEN a_digits >= 6
        WHEN a_level = 'heading' THEN a_digits >= 4
        ELSE a_digits >= 2 OR a_finest = a_level END;

-- The first day of a year or month, or of the first year of a mean.
CREATE MACRO first_day(period) AS CAST(left(split_part(period, '/', 1) || '-01', 7) || '-01' AS DATE);

-- The same year, month or quarter of the year before; missing for a mean of years.
CREATE MACRO year_earlier(period) AS
    CASE WHEN period NOT LIKE '%/%' THEN CAST(CAST(left(period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(period, 5) END;

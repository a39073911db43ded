-- The code of a level of the Harmonized System that holds a product: loaded (the code itself), section, chapter, heading,
-- subheading; missing if the data are coarser than the level. The names inside are odd so that they take no column's place.
CREATE MACRO hs_level(product, a_level) AS
    CASE a_level
        WHEN 'loaded' THEN product
        WHEN 'section' THEN coalesce((
            SELECT a_section FROM (SELECT chapter AS a_chapter, section AS a_section FROM fact.hs_chapter) WHERE a_chapter = left(product, 2)
        ), 'XXII')
        WHEN 'chapter' THEN left(product, 2)
        WHEN 'heading' THEN CASE WHEN length(product) >= 4 THEN left(product, 4) END
        WHEN 'subheading' THEN CASE WHEN length(product) >= 6 THEN product END
    END;

-- Whether a product stands inside a section, chapter or heading; in all of them if a_code is missing.
CREATE MACRO hs_within(product, a_code) AS
    a_code IS NULL OR starts_with(product, a_code) OR hs_level(product, 'section') = a_code;

-- The same year, month or quarter of the year before.
CREATE MACRO year_earlier(period) AS
    CAST(CAST(left(period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(period, 5);

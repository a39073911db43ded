-- The level of an HS code: subheading, heading, chapter, section, sector or group.
CREATE MACRO hs_kind(a_text) AS
    CASE WHEN a_text IS NULL THEN NULL
        WHEN regexp_full_match(a_text, '\d{6}') THEN 'subheading'
        WHEN regexp_full_match(a_text, '\d{4}') THEN 'heading'
        WHEN regexp_full_match(a_text, '\d{2}') THEN 'chapter'
        WHEN regexp_full_match(a_text, '[IVX]+') THEN 'section'
        WHEN regexp_full_match(a_text, '\d{2}-\d{2}') THEN 'sector'
        ELSE 'group' END;

-- Whether data can be used for a level: codes with digits for their own level and those above it, others for their own.
CREATE MACRO hs_answers(a_digits, a_finest, a_level) AS
    CASE WHEN a_level IS NULL OR a_level = 'loaded' THEN true
        WHEN a_level = 'subheading' THEN a_digits >= 6
        WHEN a_level = 'heading' THEN a_digits >= 4
        ELSE a_digits >= 2 OR a_finest = a_level END;

-- The first day of a year or month, or of a span of years over which values are averaged.
CREATE MACRO first_day(period) AS CAST(left(split_part(period, '/', 1) || '-01', 7) || '-01' AS DATE);

-- The same year, month or quarter a year earlier; NULL for a span of years.
CREATE MACRO year_earlier(period) AS
    CASE WHEN period NOT LIKE '%/%' THEN CAST(CAST(left(period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(period, 5) END;

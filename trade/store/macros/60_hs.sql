-- The code of a level of the Harmonized System that holds a product: loaded (the code itself), section, chapter, heading,
-- subheading; missing if the data are coarser than the level.
CREATE MACRO hs_level(product, a_level) AS
    CASE a_level
        WHEN 'loaded' THEN product
        WHEN 'section' THEN coalesce((SELECT section FROM fact.hs_chapter WHERE chapter = left(product, 2)), 'XXII')
        WHEN 'chapter' THEN left(product, 2)
        WHEN 'heading' THEN CASE WHEN length(product) >= 4 THEN left(product, 4) END
        WHEN 'subheading' THEN CASE WHEN length(product) >= 6 THEN product END
    END;

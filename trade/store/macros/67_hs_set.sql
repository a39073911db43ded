-- For each product the code of the level that contains it; no row if the product is coarser or classified differently.
CREATE MACRO hs_parents(a_level) AS TABLE
SELECT code AS product, parent FROM hs_parent WHERE level = a_level;

-- Whether a product is within a section, group, sector, chapter or heading; always true if a_code is NULL.
CREATE MACRO hs_within(product, a_code) AS
    a_code IS NULL OR product IN (SELECT code FROM hs_parent WHERE parent = a_code);

-- The HS data to use for one reporter: one row with the source, classification and period, or none.
--
-- Without a_period the newest period is used; among several data sets a matrix of exporters and importers comes first, then
-- (if a_long) the one with most periods, then the one with most economies. At level `loaded`, data with digit codes come
-- before all others. Requirements:
-- a_flow           export, import, or total for data with both.
-- a_former         another period that the same data set must have.
-- a_level, a_code  a level and a code that it must have. Data of some goods are used only for a code that they have, or if
--                  a_dataset names their source.
-- a_world          it has the world, as a row of its own or as the sum of a matrix: with a single exporter, that exporter
--                  would be compared with itself.
-- a_pairs          it has partners. a_goods: it has partners by code as loaded, and what they buy from the world.
-- a_others         it has more than one economy.
-- The column economies is NULL if the source gives the world as one row.
CREATE MACRO hs_set(
    a_reporter, a_flow, a_freq, a_dataset, a_classification, a_period, a_former := NULL, a_level := NULL, a_code := NULL,
    a_world := false, a_pairs := false, a_goods := false, a_others := false, a_long := false
) AS TABLE
SELECT source_id, classification, period, digits, if(world_as_given, NULL, economies) AS economies, some_goods AS partial
FROM hs_dataset
WHERE economy = a_reporter AND flow = a_flow AND freq = a_freq AND (a_dataset = 'auto' OR source_id = a_dataset)
    AND (a_classification IS NULL OR classification = a_classification) AND (a_period IS NULL OR period = CAST(a_period AS VARCHAR))
    AND (by_exporter_and_importer OR with_world OR NOT a_world) AND (economies > 1 OR NOT a_others)
    AND (pairs > 0 OR NOT (a_pairs OR a_goods)) AND (with_purchases OR NOT a_goods)
    AND CASE WHEN some_goods THEN (a_code IS NOT NULL OR a_dataset <> 'auto') AND coalesce(a_level IN ('loaded', finest), true)
            AND (a_code IS NULL OR (source_id, classification) IN (
                SELECT (source_id, classification) FROM hs_product WHERE product = a_code AND economy = a_reporter AND freq = a_freq
            ))
        ELSE hs_answers(digits, finest, a_level) AND hs_answers(digits, finest, hs_kind(a_code)) END
    AND (a_former IS NULL OR (source_id, classification) IN (
        SELECT (source_id, classification) FROM hs_dataset
        WHERE economy = a_reporter AND flow = a_flow AND freq = a_freq AND period = CAST(a_former AS VARCHAR)
    ))
ORDER BY a_level IS DISTINCT FROM 'loaded' OR digits > 0 DESC, period DESC, by_exporter_and_importer DESC, if(a_long, periods, 0) DESC, hs_dataset.economies DESC, source_id, classification DESC
LIMIT 1;

-- One reporter's trade by code of a level, in every data set and period. `whole` is all its trade in the period, not only
-- that within a_within; it is NULL for data of some goods. `code` is NULL for data coarser than the level.
CREATE MACRO hs_cells(a_reporter, a_flow, a_freq, a_level, a_within) AS TABLE
SELECT
    source_id, classification, period, parent AS code, sum(hs_product.value_usd) AS value,
    if(any_value(some_goods), NULL, any_value(held.value_usd)) AS whole, min(hs_product.quality) AS quality
FROM hs_product
JOIN hs_dataset AS held USING (source_id, classification, freq, period, flow, economy)
LEFT JOIN hs_parents(a_level) AS placed USING (product)
WHERE freq = a_freq AND flow = a_flow AND economy = a_reporter AND hs_within(product, a_within)
GROUP BY source_id, classification, period, parent

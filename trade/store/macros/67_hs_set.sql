-- Whether a source holds some goods only, so that its codes add up to no total.
CREATE MACRO hs_partial(a_source) AS
    EXISTS (SELECT 1 FROM (SELECT source_id AS an_id, warnings AS the_warnings FROM fact.source) WHERE an_id = a_source AND contains(the_warnings, 'some_goods'));

-- The product data that answer for one reporter: a row with the source, the classification and the period, or none.
--
-- a_flow: export, import, or total for data that hold both. Without a_period the newest; of several sets of a period a matrix
-- of exporters and importers, then (if a_long) the one with most periods, then the one with most economies.
-- Codes as loaded are codes of digits where there are any. a_former: a period that the same set must hold too. a_level, a_code: what it must answer for. Data of some goods answer for
-- a code that they hold, and for no total unless their source is named. a_world: it holds the world, as given or as a
-- matrix: a world of one exporter compares it with itself. a_pairs: it holds partners; a_goods: partners by code as loaded,
-- with what they buy from the world; a_others: more economies than one. economies in the world: missing where the source gives the world as one row.
CREATE MACRO hs_set(
    a_reporter, a_flow, a_freq, a_dataset, a_classification, a_period, a_former := NULL, a_level := NULL, a_code := NULL,
    a_world := false, a_pairs := false, a_goods := false, a_others := false, a_long := false
) AS TABLE
WITH sides AS (
    SELECT source_id, classification, period, economy, max(digits) AS digits, max(finest) AS finest, min(pairs) AS pairs, min(quality) AS quality
    FROM hs_coverage
    WHERE (a_flow = 'total' OR flow = a_flow) AND freq = a_freq AND (a_dataset = 'auto' OR source_id = a_dataset)
        AND (a_classification IS NULL OR classification = a_classification)
    GROUP BY source_id, classification, period, economy
    HAVING a_flow <> 'total' OR count(*) = 2
),
-- what a set holds of all economies: sums and a join, a quarter of the time of windows over them
sets AS (
    SELECT source_id, classification, period, count(*) FILTER (economy <> 'WLD') AS economies,
        count(*) FILTER (pairs > 0) > 1 AS matrix, count(*) FILTER (economy = 'WLD') > 0 AS whole,
        count(*) FILTER (economy = 'WLD' AND quality <> 'derived') > 0 AS given
    FROM sides
    GROUP BY source_id, classification, period
),
held AS (
    SELECT sides.*, hs_partial(source_id) AS partial, economies, matrix, whole, given,
        count(*) OVER (PARTITION BY source_id, classification) AS periods
    FROM sides JOIN sets USING (source_id, classification, period)
    WHERE economy = a_reporter
)
SELECT source_id, classification, period, digits, if(given, NULL, economies) AS economies, partial
FROM held
WHERE (a_period IS NULL OR period = CAST(a_period AS VARCHAR))
    AND (matrix OR whole OR NOT a_world) AND (held.economies > 1 OR NOT a_others) AND (pairs > 0 OR NOT (a_pairs OR a_goods))
    AND CASE WHEN partial THEN (a_code IS NOT NULL OR a_dataset <> 'auto') AND coalesce(a_level IN ('loaded', finest), true)
            AND (a_code IS NULL OR EXISTS (
                SELECT 1 FROM hs_product AS good
                WHERE good.source_id = held.source_id AND good.classification = held.classification AND good.product = a_code
                    AND good.economy = a_reporter AND good.freq = a_freq
            ))
        ELSE hs_answers(digits, finest, a_level) AND hs_answers(digits, finest, hs_kind(a_code)) END
    AND (NOT a_goods OR source_id IN (SELECT source_id FROM fact.product_purchase)
        OR (matrix AND source_id IN (SELECT source_id FROM fact.product_trade WHERE partner <> 'WLD')))
    AND (a_former IS NULL OR EXISTS (
        SELECT 1 FROM held AS former
        WHERE former.source_id = held.source_id AND former.classification = held.classification
            AND former.economy = held.economy AND former.period = CAST(a_former AS VARCHAR)
    ))
ORDER BY a_level IS DISTINCT FROM 'loaded' OR digits > 0 DESC, period DESC, matrix DESC, if(a_long, periods, 0) DESC, held.economies DESC, source_id, classification DESC
LIMIT 1;

-- One reporter's trade by code of a level, in every set and period, with `whole`, all its trade of the period, whatever
-- the level and a_within leave out; missing for data of some goods. A code is missing if the data are coarser than the level.
CREATE MACRO hs_cells(a_reporter, a_flow, a_freq, a_level, a_within) AS TABLE
SELECT
    source_id, classification, period, hs_level(product, a_level) AS code, sum(hs_product.value_usd) AS value,
    if(hs_partial(source_id), NULL, any_value(held.value_usd)) AS whole, min(hs_product.quality) AS quality
FROM hs_product
JOIN hs_coverage AS held USING (source_id, classification, freq, period, flow, economy)
WHERE freq = a_freq AND flow = a_flow AND economy = a_reporter AND hs_within(product, a_within)
GROUP BY source_id, classification, period, code

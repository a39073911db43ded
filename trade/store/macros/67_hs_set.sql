-- The product data that answer for one reporter: a row with the source, the classification and the period, or none.
--
-- a_flow: export, import, or total for data that hold both. Without a_period the newest; of several sets of a period the
-- one with most economies, so that the world is as whole as can be. a_former: a period that the same set must hold too.
-- at_least: economies that it must hold: a world of one exporter compares it with itself.
CREATE MACRO hs_set(a_reporter, a_flow, a_freq, a_dataset, a_classification, a_period, a_former, at_least) AS TABLE
WITH held AS (
    SELECT source_id, classification, period, economy, max(digits) AS digits,
        count(*) OVER (PARTITION BY source_id, classification, period) AS economies
    FROM hs_coverage
    WHERE (a_flow = 'total' OR flow = a_flow) AND freq = a_freq AND (a_dataset = 'auto' OR source_id = a_dataset)
        AND (a_classification IS NULL OR classification = a_classification)
    GROUP BY source_id, classification, period, economy
    HAVING a_flow <> 'total' OR count(*) = 2
)
SELECT source_id, classification, period, digits, economies
FROM held
WHERE economy = a_reporter AND economies >= at_least AND (a_period IS NULL OR period = CAST(a_period AS VARCHAR))
    AND (a_former IS NULL OR EXISTS (
        SELECT 1 FROM held AS former
        WHERE former.source_id = held.source_id AND former.classification = held.classification
            AND former.economy = held.economy AND former.period = CAST(a_former AS VARCHAR)
    ))
ORDER BY period DESC, economies DESC, source_id, classification DESC
LIMIT 1;

-- One reporter's trade by code of a level, in every set and period, with `whole`, all its trade of the period, whatever
-- the level and a_within leave out. A code is missing if the data are coarser than the level.
CREATE MACRO hs_cells(a_reporter, a_flow, a_freq, a_level, a_within) AS TABLE
SELECT
    source_id, classification, period, hs_level(product, a_level) AS code, sum(hs_product.value_usd) AS value,
    any_value(held.value_usd) AS whole, min(hs_product.quality) AS quality
FROM hs_product
JOIN hs_coverage AS held USING (source_id, classification, freq, period, flow, economy)
WHERE freq = a_freq AND flow = a_flow AND economy = a_reporter AND hs_within(product, a_within)
GROUP BY source_id, classification, period, code

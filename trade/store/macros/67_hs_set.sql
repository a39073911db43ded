-- The product data that answer for one reporter: a row with the source, the classification and the period, or none.
--
-- Without a_period the newest; of several sets of a period the one with most economies, so that the world is as whole as
-- can be. a_former: a period that the same set must hold too. at_least: economies that it must hold: a world of one
-- exporter compares it with itself.
CREATE MACRO hs_set(a_reporter, a_flow, a_freq, a_dataset, a_classification, a_period, a_former, at_least) AS TABLE
WITH held AS (
    SELECT *, count(*) OVER (PARTITION BY source_id, classification, period) AS economies
    FROM hs_coverage
    WHERE flow = a_flow AND freq = a_freq AND (a_dataset = 'auto' OR source_id = a_dataset)
        AND (a_classification IS NULL OR classification = a_classification)
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
LIMIT 1

-- Every partner of China with its rank in the period; `partners` is the number of ranked ones: economies with trade.
-- Partners without a rank are listed too. `mirrored`: some rows of the period are partners' own reports.
CREATE MACRO partner_ranks(a_flow, a_freq, a_currency) AS TABLE
WITH listed AS (
    SELECT *, value > 0 AND market <> 'CHN' AND market NOT IN (SELECT economy FROM economy WHERE kind IN ('residual', 'unallocated')) AS ranks
    FROM markets('CHN', 'customs', a_flow, a_freq, a_currency, 'members', 'in', 'in', 'in')
)
SELECT
    listed.*, if(ranks, dense_rank() OVER (PARTITION BY period, ranks ORDER BY value DESC), NULL) AS rank,
    count(*) FILTER (ranks) OVER (PARTITION BY period) AS partners, bool_or(quality = 'mirror') OVER (PARTITION BY period) AS mirrored
FROM listed

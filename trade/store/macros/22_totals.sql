-- China's totals as known by a date: the mart when all is asked (as_of NULL), the choice made anew otherwise.
CREATE MACRO totals(as_of) AS TABLE
FROM total_trade WHERE as_of IS NULL
UNION ALL BY NAME
FROM totals_known_by(as_of) WHERE as_of IS NOT NULL

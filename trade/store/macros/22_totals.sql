-- China's totals as known on a date: from the mart if as_of is NULL (all figures), else chosen again for that date.
CREATE MACRO totals(as_of) AS TABLE
FROM total_trade WHERE as_of IS NULL
UNION ALL BY NAME
FROM totals_known_by(as_of) WHERE as_of IS NOT NULL

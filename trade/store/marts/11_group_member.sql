-- one row per group and member: the six customs continents, the Americas and the blocs with their dates
SELECT group_code, economy, valid_from, valid_to FROM fact.group_member
UNION ALL
SELECT customs_continent, economy, NULL, NULL FROM fact.economy WHERE customs_continent IS NOT NULL AND customs_continent <> 'antarctica'
UNION ALL
SELECT 'americas', economy, NULL, NULL FROM fact.economy WHERE continent = 'americas'

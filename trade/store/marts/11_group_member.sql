-- one row per group and member: the six customs continents, the Americas, the regions of M49, and the blocs with their dates
SELECT group_code, economy, valid_from, valid_to FROM fact.group_member
UNION ALL
SELECT customs_continent, economy, NULL, NULL FROM fact.economy WHERE customs_continent IS NOT NULL AND customs_continent <> 'antarctica'
UNION ALL
SELECT 'americas', economy, NULL, NULL FROM fact.economy WHERE continent = 'americas'
UNION ALL
SELECT group_code, unnest(string_split(member_list, ' ')), NULL, NULL FROM fact.economy_group WHERE member_list IS NOT NULL

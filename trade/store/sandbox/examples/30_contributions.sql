-- What each continent gave to the growth of exports in 2025, percentage points
WITH customs AS (
    SELECT group_code, period, value_cny FROM group_month WHERE freq = 'YTD' AND flow = 'export'
),
world AS (
    SELECT value_cny FROM customs WHERE group_code = 'world' AND period = '2024-12'
)
SELECT
    now.group_code AS continent,
    round(now.value_cny / 1e9, 1) AS billion_yuan,
    round(100 * (now.value_cny / before.value_cny - 1), 1) AS growth_pct,
    round(100 * (now.value_cny - before.value_cny) / world.value_cny, 2) AS contribution_pp
FROM customs AS now
JOIN customs AS before ON before.group_code = now.group_code AND before.period = '2024-12'
JOIN fact.economy_group AS known ON known.group_code = now.group_code AND known.kind = 'continent'
CROSS JOIN world
WHERE now.period = '2025-12'
ORDER BY contribution_pp DESC

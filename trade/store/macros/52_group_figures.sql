-- The partners that a code names, as spells of membership: `asean` a group, `DEU` nothing (an economy is no group),
-- `~Name:BRA.RUS.-asean` a group of one's own: economies and groups with points between them, those after a minus left out.
-- a_membership: dated, by the dates of membership; today, those that are members now, in every period. China is no partner of
-- itself, but `world` is all rows of the tables, its re-imports and what names no economy too.
CREATE MACRO group_spells(a_partner, a_membership) AS TABLE
WITH parts AS (
    SELECT ltrim(part, '-') AS code, part LIKE '-%' AS excluded
    FROM (SELECT unnest(string_split(if(a_partner LIKE '~%', split_part(a_partner, ':', 2), a_partner), '.')) AS part)
    WHERE a_partner LIKE '~%' OR a_partner = lower(a_partner)
)
SELECT excluded, member.economy, if(a_membership = 'today', NULL, valid_from) AS valid_from, valid_to
FROM parts JOIN group_member AS member ON group_code = code
WHERE member.economy <> 'CHN' AND (a_membership <> 'today' OR valid_to IS NULL)
UNION ALL
SELECT excluded, economy, NULL, NULL FROM parts JOIN economy ON economy = code
UNION ALL
SELECT excluded, economy, NULL, NULL FROM parts CROSS JOIN economy WHERE code = 'world';

-- China's trade with a group of partners, one row per period: customs' own figure of the group first (its table, then what its
-- releases print), else the sum of its members (`summed`). `missing` members have no report in a table that lists only those
-- that reported: the sum is then partial. `former_value` is what the members of
-- the period came to a year earlier: a sum grows on that, not on what the group was before it was joined or left. `markets` are the group, the blocs ASEAN and
-- EU (what of them is not in the group), and each partner that is in none of these: customs ranks blocs beside economies, so that each
-- has one place wherever it is asked for. `rank` is the group's place among them; the world and what is left of it have none. Months are known in yuan only. No row for a code that names an economy.
CREATE MACRO group_figures(a_partner, a_membership, a_flow, a_freq, a_currency) AS TABLE
WITH partner AS (
    SELECT *, quality = 'mirror' AS unlisted FROM partner_value
    WHERE freq = a_freq AND currency = a_currency AND a_flow IN ('total', flow) AND (a_partner LIKE '~%' OR a_partner = lower(a_partner))
),
spells AS (
    SELECT * FROM group_spells(a_partner, a_membership)
),
-- the group's members of each period: those that are in one of its parts and in none that is left out
asked AS (
    SELECT period, economy
    FROM (SELECT DISTINCT period, year_end, partner FROM partner) AS listed
    JOIN spells ON economy = partner AND coalesce(valid_from <= year_end, true) AND coalesce(valid_to >= year_end, true)
    GROUP BY period, economy
    HAVING bool_and(NOT excluded)
),
-- every partner belongs to the bloc asked for, to one of the blocs that customs ranks as partners, or stands for itself
placed AS MATERIALIZED (
    SELECT partner.*, CASE WHEN asked.economy IS NOT NULL THEN 'asked' WHEN bloc.economy IS NOT NULL THEN bloc.group_code ELSE partner.partner END AS market_name
    FROM partner
    JOIN economy ON economy.economy = partner.partner
    LEFT JOIN asked ON asked.period = partner.period AND asked.economy = partner.partner
    LEFT JOIN (FROM group_member WHERE group_code IN ('asean', 'eu')) AS bloc ON bloc.economy = partner.partner
        AND coalesce(bloc.valid_from <= year_end, true) AND coalesce(bloc.valid_to >= year_end, true)
    WHERE asked.economy IS NOT NULL OR (kind IN ('economy', 'area') AND partner.partner <> 'CHN')
),
inside AS (
    SELECT period, if(count(DISTINCT flow) = if(a_flow = 'total', 2, 1), sum(value), NULL) AS value, count(DISTINCT partner) AS members,
        bool_or(converted) AS converted, worst_quality(quality) AS quality, source_list(source_id) AS source_id
    FROM placed
    WHERE market_name = 'asked'
    GROUP BY period
),
-- the members of a period a year earlier, whatever the group was then: the base that compares
earlier AS (
    SELECT member.period, sum(partner.value) AS former_value
    FROM (SELECT DISTINCT period, partner, flow FROM placed WHERE market_name = 'asked') AS member
    JOIN partner ON partner.partner = member.partner AND partner.flow = member.flow
        AND partner.period = CAST(CAST(left(member.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(member.period, 5)
    GROUP BY member.period
),
-- a table with partners' own reports lists only those that reported
partial AS (
    SELECT period, any_value(year_end) AS year_end FROM partner GROUP BY period HAVING bool_or(unlisted)
),
-- those of the group that trade with China in some period, and of which such a table has no row
absent AS (
    SELECT partial.period, count(DISTINCT spells.economy) AS missing
    FROM partial
    JOIN spells ON NOT excluded AND coalesce(valid_from <= year_end, true) AND coalesce(valid_to >= year_end, true)
    WHERE spells.economy IN (SELECT partner FROM partner)
        AND NOT EXISTS (SELECT 1 FROM placed WHERE placed.period = partial.period AND placed.partner = spells.economy)
        AND NOT EXISTS (SELECT 1 FROM spells AS other WHERE other.excluded AND other.economy = spells.economy)
    GROUP BY partial.period
),
outside AS (
    SELECT period, market_name, sum(value) AS value FROM placed WHERE market_name <> 'asked' GROUP BY period, market_name HAVING sum(value) > 0
),
own AS (
    SELECT period, value, growth_pct, source_id, quality, if(in_table, 'table', 'release') AS basis
    FROM group_published
    WHERE group_code = a_partner AND freq = a_freq AND flow = a_flow AND currency = a_currency
        AND (a_membership <> 'today' OR a_partner NOT IN (SELECT group_code FROM group_member))
        AND (in_table OR authority <= 2 OR period IN (SELECT period FROM inside WHERE quality = 'mirror'))
),
-- China's re-imports, where China is a member of the bloc
reimported AS (
    SELECT period, sum(value) AS value FROM partner
    WHERE partner = 'CHN' AND a_partner IN (SELECT group_code FROM group_member WHERE economy = 'CHN')
    GROUP BY period
),
-- the customs table's own figure is the sum of its members there: both are one basis; a release is another
known AS (
    SELECT period,
        coalesce(
            if(basis = 'table' AND abs(own.value - inside.value - reimported.value) < abs(own.value - inside.value), own.value - reimported.value, own.value),
            inside.value
        ) AS value,
        own.growth_pct, members,
        if(own.value IS NULL, converted, own.quality = 'converted') AS converted, own.value IS NULL AS summed,
        coalesce(own.quality, inside.quality) AS quality, coalesce(own.basis, 'members') AS basis,
        coalesce(own.source_id, inside.source_id) AS source_id, partial.period IS NOT NULL AS partial,
        if(own.value IS NULL, coalesce(missing, 0), 0) AS missing, if(own.value IS NULL, former_value, NULL) AS former_value
    FROM inside
    FULL JOIN own USING (period)
    LEFT JOIN reimported USING (period)
    LEFT JOIN partial USING (period)
    LEFT JOIN absent USING (period)
    LEFT JOIN earlier USING (period)
),
larger AS (
    SELECT known.period, count(*) FILTER (WHERE other.value > known.value) + 1 AS rank, count(other.market_name) + 1 AS markets
    FROM known LEFT JOIN outside AS other ON other.period = known.period
    GROUP BY known.period
)
SELECT known.*, if(members IS NULL OR partial OR regexp_matches(a_partner, '(^|[:.])world([.]|$)'), NULL, larger.rank) AS rank, larger.markets
FROM known LEFT JOIN larger USING (period);

-- The members of the group that a code names, with the dates of membership. `asean` is a group; `DEU` gives no rows, since
-- an economy is not a group; `~Name:BRA.RUS.-asean` is a user-defined group: economies and groups separated by dots, those
-- after a minus excluded.
-- a_membership  dated: members by the dates of their membership; today: the present members in every period.
-- NULL means every group, or both kinds of membership. China is not a partner of itself, but `world` includes all rows of
-- the tables: also China's re-imports and trade that names no economy.
CREATE MACRO group_spells(a_partner, a_membership) AS TABLE
WITH named AS (
    SELECT a_partner AS group_code WHERE a_partner LIKE '~%' OR a_partner = lower(a_partner)
    UNION ALL
    SELECT DISTINCT group_code FROM group_member WHERE a_partner IS NULL
    UNION ALL
    SELECT 'world' WHERE a_partner IS NULL
),
parts AS (
    SELECT group_code, membership, ltrim(part, '-') AS code, part LIKE '-%' AS excluded
    FROM (SELECT group_code, unnest(string_split(if(group_code LIKE '~%', split_part(group_code, ':', 2), group_code), '.')) AS part FROM named)
    JOIN (VALUES ('dated'), ('today')) AS both_ways (membership) ON membership = coalesce(a_membership, membership)
)
SELECT parts.group_code, membership, excluded, member.economy, if(membership = 'today', NULL, valid_from) AS valid_from, valid_to
FROM parts
JOIN group_member AS member ON member.group_code = code
WHERE member.economy <> 'CHN' AND (membership <> 'today' OR valid_to IS NULL)
UNION ALL
SELECT group_code, membership, excluded, economy, NULL, NULL
FROM parts
JOIN economy ON economy = code OR code = 'world';

-- China's trade with a group of partners, one row per period. The value is customs' own figure of the group (from its
-- table, else from a release), else the sum of the members (`summed`).
-- missing       number of members without a report in a table that lists only partners that reported: the sum is partial.
-- former_value  the sum, a year earlier, of the partners that are members in the period: the base of growth of a sum,
--               unaffected by changes of membership.
-- markets       number of markets: the group, the blocs ASEAN and EU (their members that are not in the group), and each
--               partner in none of these, as customs ranks blocs beside economies.
-- rank          the group's place among these markets; missing for the world and groups defined from it.
-- Months are in yuan only. A code of an economy has no rows. A NULL argument means all its values: this makes the mart
-- `group_figure`.
CREATE MACRO group_figures(a_partner, a_membership, a_flow, a_freq, a_currency) AS TABLE
WITH spells AS MATERIALIZED (
    SELECT * FROM group_spells(a_partner, a_membership)
),
-- numbers for the groups (team) and for each flow, frequency, currency and period (cell)
teams AS MATERIALIZED (
    SELECT group_code, membership, CAST(row_number() OVER () AS INTEGER) AS team
    FROM (
        SELECT group_code, membership FROM spells
        UNION
        SELECT group_code, membership FROM group_published JOIN (VALUES ('dated'), ('today')) AS both_ways (membership) ON membership = coalesce(a_membership, membership)
        WHERE group_code = coalesce(a_partner, group_code)
    )
),
cells AS MATERIALIZED (
    SELECT flow, freq, currency, period, make_date(CAST(left(period, 4) AS INTEGER), 12, 31) AS year_end, CAST(row_number() OVER () AS INTEGER) AS cell
    FROM (SELECT freq, currency, period FROM partner_value UNION SELECT freq, currency, period FROM group_published) AS known
    CROSS JOIN (VALUES ('export'), ('import'), ('total')) AS asked (flow)
    WHERE freq = coalesce(a_freq, freq) AND currency = coalesce(a_currency, currency) AND flow = coalesce(a_flow, flow)
),
partner AS MATERIALIZED (
    SELECT cell, printed.flow AS direction, partner, value, converted, quality, source_id
    FROM partner_value AS printed
    JOIN cells USING (freq, currency, period)
    WHERE cells.flow IN ('total', printed.flow) AND value IS NOT NULL AND EXISTS (FROM teams)
),
-- the group's members in each period: economies in one of its parts and in none of the excluded ones
asked AS MATERIALIZED (
    SELECT team, cell, economy AS partner
    FROM (
        SELECT team, year_end, economy
        FROM (SELECT DISTINCT year_end FROM cells) AS years
        JOIN spells ON coalesce(valid_from <= year_end, true) AND coalesce(valid_to >= year_end, true)
        JOIN teams USING (group_code, membership)
        GROUP BY team, year_end, economy
        HAVING bool_and(NOT excluded)
    )
    JOIN cells USING (year_end)
),
placed AS MATERIALIZED (
    SELECT team, partner.* FROM partner JOIN asked USING (cell, partner)
),
inside AS MATERIALIZED (
    SELECT team, cell, sum(value) AS value, count(DISTINCT direction) AS directions, count(DISTINCT partner) AS members, bool_or(converted) AS converted,
        worst_quality(quality) AS quality, source_list(source_id) AS source_id
    FROM placed
    GROUP BY team, cell
),
-- the sum a year earlier of the members in the period, whether or not they were members then: a comparable base
earlier AS (
    SELECT team, years.cell, sum(partner.value) AS former_value
    FROM (
        SELECT now.cell, before.cell AS cell_before
        FROM cells AS now
        JOIN cells AS before USING (flow, freq, currency)
        WHERE before.period = CAST(CAST(left(now.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(now.period, 5)
    ) AS years
    JOIN placed AS member ON member.cell = years.cell
    JOIN partner ON partner.cell = cell_before AND partner.partner = member.partner AND partner.direction = member.direction
    GROUP BY team, years.cell
),
-- tables with partners' own reports, which list only partners that reported
partial AS (
    SELECT cell, true AS partial FROM partner GROUP BY cell HAVING bool_or(quality = 'mirror')
),
-- the number of members that trade with China in some period but have no row in such a table
absent AS (
    SELECT team, asked.cell, count(DISTINCT asked.partner) AS missing
    FROM partial
    JOIN asked USING (cell)
    JOIN cells USING (cell)
    JOIN (SELECT DISTINCT flow AS direction, freq, currency, partner FROM partner_value) AS listed USING (freq, currency, partner)
    WHERE flow IN ('total', direction) AND NOT EXISTS (FROM partner WHERE partner.cell = asked.cell AND partner.partner = asked.partner)
    GROUP BY team, asked.cell
),
own AS (
    SELECT team, cell, published.value, growth_pct, published.source_id, published.quality, if(in_table, 'table', 'release') AS basis
    FROM group_published AS published
    JOIN cells USING (flow, freq, currency, period)
    JOIN teams USING (group_code)
    LEFT JOIN inside USING (team, cell)
    WHERE (membership <> 'today' OR group_code NOT IN (SELECT group_code FROM group_member))
        AND (in_table OR authority <= 2 OR inside.quality = 'mirror')
),
-- China's re-imports, for groups of which China is a member
reimported AS (
    SELECT team, cell, sum(value) AS reimports
    FROM teams
    JOIN group_member AS member ON member.group_code = teams.group_code AND member.economy = 'CHN'
    JOIN partner ON partner = 'CHN'
    GROUP BY team, cell
),
-- `basis`: whether the value is from customs' table, a release or the sum of members. From a figure of the table China's
-- re-imports are subtracted if that brings it closer to the sum of members.
known AS MATERIALIZED (
    SELECT team, cell,
        if(directions = 2 OR flow <> 'total', inside.value, NULL) AS summed_value,
        coalesce(
            if(basis = 'table' AND abs(own.value - summed_value - reimports) < abs(own.value - summed_value), own.value - reimports, own.value),
            summed_value
        ) AS value,
        own.growth_pct, members,
        if(own.value IS NULL, converted, own.quality = 'converted') AS converted, own.value IS NULL AS summed,
        coalesce(own.quality, inside.quality) AS quality, coalesce(own.basis, 'members') AS basis,
        coalesce(own.source_id, inside.source_id) AS source_id, coalesce(partial, false) AS partial,
        if(own.value IS NULL, coalesce(missing, 0), 0) AS missing, if(own.value IS NULL, former_value, NULL) AS former_value
    FROM inside
    FULL JOIN own USING (team, cell)
    JOIN cells USING (cell)
    LEFT JOIN reimported USING (team, cell)
    LEFT JOIN partial USING (cell)
    LEFT JOIN absent USING (team, cell)
    LEFT JOIN earlier USING (team, cell)
),
-- partners outside the group, with the bloc (ASEAN or EU) that customs ranks as one partner if they are in one
outside AS (
    SELECT team, cell, known.value AS own_value, market.partner, bloc, market.value
    FROM known
    JOIN (
        SELECT cell, partner, any_value(bloc.group_code) AS bloc, sum(value) AS value
        FROM partner
        JOIN cells USING (cell)
        JOIN economy ON economy.economy = partner AND kind IN ('economy', 'area') AND partner <> 'CHN'
        LEFT JOIN (FROM group_member WHERE group_code IN ('asean', 'eu')) AS bloc ON bloc.economy = partner
            AND coalesce(bloc.valid_from <= year_end, true) AND coalesce(bloc.valid_to >= year_end, true)
        GROUP BY cell, partner
    ) AS market USING (cell)
    ANTI JOIN asked ON asked.team = known.team AND asked.cell = known.cell AND asked.partner = market.partner
),
larger AS (
    SELECT team, cell, count(*) FILTER (value > own_value) + 1 AS rank, count(*) + 1 AS markets
    FROM (
        SELECT team, cell, own_value, value FROM outside WHERE bloc IS NULL AND value > 0
        UNION ALL
        SELECT team, cell, own_value, sum(value) FROM outside WHERE bloc IS NOT NULL GROUP BY team, cell, own_value, bloc HAVING sum(value) > 0
    )
    GROUP BY team, cell
)
SELECT
    group_code, membership, flow, freq, currency, period, known.* EXCLUDE (team, cell, summed_value),
    if(members IS NULL OR partial OR regexp_matches(group_code, '(^|[:.])world([.]|$)'), NULL, coalesce(rank, 1)) AS rank, coalesce(markets, 1) AS markets
FROM known
JOIN teams USING (team)
JOIN cells USING (cell)
LEFT JOIN larger USING (team, cell);

/* ---
title = "Members of a group"
unit = "value"
definition = "China's trade with each member of a group: value, share of the group, growth, its contribution to the group's growth, and as how many members of equal size the group is just as concentrated."
formula = "s_j = X_j / X_G; c_j = (X_j,t - X_j,t-1) / X_G,t-1; N = 1 / sum_j s_j^2"
tex = '''s_j = \frac{X_{j,t}}{X_{G,t}}, \quad c_j = \frac{X_{j,t} - X_{j,t-1}}{X_{G,t-1}}, \quad N = \frac{1}{\sum_{j \in G} s_j^2}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Laakso & Taagepera 1979 (equal members)"
caveats = [
    "Shares are of the sum of the members listed; customs' own figure of the group may differ a little.",
    "A member that the period's table does not list has no value: it is missing, not zero.",
    "Growth published by customs uses its revised base; elsewhere it is between levels of one source.",
    "For Belt and Road partners only customs' own sum is available, without a list of members.",
]
uses = ["partner:any", "membership", "flow", "currency", "freq:partner", "last", "first:span"]

[parameters.partner]
default = "asean"
help = "A group (asean, eu, brics, africa), or your own: ~Name:BRA.RUS.IND."

[names]
name = { code = "member", of = ["economy"] }
--- */
WITH known AS MATERIALIZED (
    SELECT * FROM markets('CHN', 'customs', $flow, $freq, $currency, 'members', 'in', 'in', 'in')
),
periods AS (
    SELECT DISTINCT period, period_start FROM known
),
spells AS (
    SELECT * FROM group_spells($partner, $membership)
),
listed AS (
    SELECT periods.period, periods.period_start, spells.economy AS member, max(valid_from) AS valid_from, max(valid_to) AS valid_to
    FROM periods JOIN spells ON is_member(periods.period, valid_from, valid_to)
    WHERE spells.economy IN (SELECT market FROM known)
    GROUP BY ALL
    HAVING bool_and(NOT excluded)
),
compared AS (
    SELECT
        listed.*, now.value, now.quality, now.source_id, now.currency, now.growth_pct,
        break_between(now.quality, before.quality, now.source_id, before.source_id) AS break, before.value AS former_value
    FROM listed
    LEFT JOIN known AS now ON now.market = member AND now.period_start = listed.period_start
    LEFT JOIN known AS before ON before.market = member AND before.period_start = listed.period_start - INTERVAL 1 YEAR
),
based AS (
    SELECT
        *, coalesce(value / nullif(1 + growth_pct / 100, 0), if(break IS NULL, former_value, NULL)) AS base_value,
        if(break IS NULL, 100 * (value / nullif(former_value, 0) - 1), NULL) AS growth_computed_pct
    FROM compared
),
shares AS (
    SELECT
        *, 100 * value / nullif(sum(value) OVER whole, 0) AS share_of_group_pct,
        if(count(value) OVER whole = count(base_value) OVER whole, 100 * (value - base_value) / nullif(sum(base_value) OVER whole, 0), NULL) AS contribution_pp
    FROM based
    WINDOW whole AS (PARTITION BY period)
)
SELECT
    period, period_start, member, value, share_of_group_pct, growth_pct, growth_computed_pct, contribution_pp,
    1e4 / nullif(sum(power(share_of_group_pct, 2)) OVER (PARTITION BY period), 0) AS effective_members,
    count(*) OVER (PARTITION BY period) AS members, count(*) FILTER (value IS NULL) OVER (PARTITION BY period) AS missing,
    valid_from, valid_to, currency, break, quality, coalesce(source_id, any_value(source_id) OVER (PARTITION BY period)) AS source_id
FROM shares
WHERE in_span(period, coalesce($first, (SELECT max(period) FROM listed WHERE in_span(period, NULL, $last))), $last)
ORDER BY period, value DESC NULLS LAST, member

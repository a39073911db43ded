/* ---
title = "Membership in groups"
unit = "groups"
definition = "The continents and blocs to which an economy belongs or belonged, with the dates."
formula = "economy in group from valid_from to valid_to"
tex = '''j \in G \iff \mathrm{from}_{j,G} \le t \le \mathrm{to}_{j,G}'''
reference = "Treaties and accession dates as named in each row; continents as in the customs table by country (region)"
caveats = [
    "Groups overlap: an economy may be in several, and their figures are never added.",
    "Customs splits the Americas in Latin America and North America; the official statement on markets joins them.",
    "No list of Belt and Road partners is available, so that group has no members here.",
]

[parameters.economy]
domain = "economy"
default = "DEU"
help = "The economy."

[names]
name = { code = "code", of = ["group"] }
--- */
SELECT
    member.group_code AS code, bloc.kind, member.valid_from, member.valid_to,
    coalesce(listed.source_title, 'Customs table by country (region)') AS source_title, bloc.source_id
FROM group_member AS member
JOIN fact.economy_group AS bloc USING (group_code)
LEFT JOIN fact.group_member AS listed ON listed.group_code = member.group_code AND listed.economy = member.economy
    AND listed.valid_from IS NOT DISTINCT FROM member.valid_from
WHERE member.economy = $economy
ORDER BY bloc.kind = 'bloc', member.valid_from NULLS FIRST, code

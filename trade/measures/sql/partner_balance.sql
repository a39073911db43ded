/* ---
title = "Balance with a partner"
unit = "value"
definition = "China's exports to one partner, an economy or a group, its imports from it, and the difference, with what kind of figure each is."
formula = "X_j; M_j; X_j - M_j; normalised (X_j - M_j) / (X_j + M_j)"
tex = '''B_j = X_j - M_j, \qquad b_j = \frac{X_j - M_j}{X_j + M_j}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Mikic & Gilbert 2009, UN ESCAP ST/ESCAP/2559"
caveats = [
    "Exports are FOB, imports CIF: the balance is smaller than on one valuation, and the partner's own figure differs (mirror gap).",
    "Exports of 2021 are mostly the partner's report of its imports (mirror): those balances mix two reporters. Exports of 2022 are the first vintage, which customs later lowered.",
    "History is spliced: IMF direction of trade to 2020 (imports to 2022), 2023 as implied by 2024 and its growth, customs' tables from 2024.",
    "A flow that no table lists is missing, not zero; the balance is then missing too.",
    "Customs' own figure for a group is used if available, otherwise its members are summed; a year in which members have no report (missing) is partial.",
    "Growth is between levels of one source, a year apart; the rates that customs publishes for the year to date use its revised base.",
]
uses = ["partner:any", "membership:partner", "first", "last", "freq:partner", "currency:partner"]

[names]
name = { code = "partner", of = ["economy", "group"], after = "period_start" }
--- */
SELECT * EXCLUDE (partner)
FROM partner_balances($partner, $membership, $freq, $currency)
WHERE in_span(period, $first, $last)
ORDER BY period

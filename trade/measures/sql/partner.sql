/* ---
title = "Trade with a partner"
unit = "value"
definition = "China's trade with one partner, an economy or a group: value, growth, rank among all partners, share of all trade, and its contribution to China's growth."
formula = "X_j; g_j = X_j,t / X_j,t-1 - 1; s_j = X_j / X; r_j = 1 + number of partners with more; c_j = (X_j,t - X_j,t-1) / X_t-1"
tex = '''g_j = \frac{X_{j,t}}{X_{j,t-1}} - 1, \quad s_j = \frac{X_{j,t}}{X_t}, \quad r_j = 1 + \#\{X_k : X_k > X_j\}, \quad c_j = \frac{X_{j,t} - X_{j,t-1}}{X_{t-1}}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Mikic & Gilbert 2009, UN ESCAP ST/ESCAP/2559 (share, growth); INSEE, definition c1207 (contribution)"
caveats = [
    "History is spliced: IMF direction of trade to 2020 (imports to 2022), then for exports of 2021 the partners' own reports of imports (quality mirror) but for 22 partners, exports of 2022 as China first reported them, 2023 as implied by 2024 and its growth, customs' tables from 2024. Each change of source is a break.",
    "Mirror years are the partner's figures, with freight and insurance and with goods that came through other ports: level, share and rank of those years are not comparable with their neighbours, so no growth is computed across them.",
    "Rank counts partners that are economies and had trade in the period, 249 in 2025 by exports and imports together, as customs counts them; re-imports, residual and unallocated rows have no rank but stand in the whole that shares are taken of. Exports of 2021 are known mostly through the partners' reports: that year has no rank.",
    "Growth printed by customs is on its revised base and in yuan; growth in dollars, of months and of years before 2025 is between levels.",
    "Customs' own figure for a group is used if available, otherwise its members are summed; a year in which members have no report (missing) is partial. Growth of a sum compares the same members a year earlier. A group is ranked as one partner among economies and the blocs ASEAN and EU, which customs counts as partners; members do not count on their own. An economy is ranked among economies.",
    "Exports are FOB and count Hong Kong as destination of what it passes on; imports are CIF by country of origin.",
]
uses = ["partner:any", "membership:partner", "flow", "first", "last", "freq:partner", "currency:partner"]

[names]
name = { code = "partner", of = ["economy", "group"] }
--- */
FROM partner_figures($partner, $membership, $flow, $freq, $currency)
WHERE in_span(period, $first, $last)
ORDER BY period

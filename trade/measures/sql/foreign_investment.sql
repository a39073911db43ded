/* ---
title = "Foreign direct investment"
unit = "value"
definition = "Direct investment in and from China: capital actually used as the Ministry of Commerce reports it, or the net flow of the balance of payments."
formula = "the figures as printed, with the printed growth"
tex = '''F_t'''
reference = "Releases of the Ministry of Commerce; World Development Indicators, from IMF balance of payments statistics"
caveats = [
    "Capital actually used and the net flow of the balance of payments are different things: never one series.",
    "Only some years of capital actually used are available; they differ in currency.",
    "Investment is not trade: it is shown beside it for context.",
]
uses = ["first:year", "last:year"]

[parameters.concept]
domain = ["capital actually used", "balance of payments"]
default = "capital actually used"
help = "What is counted; outflows exist in the balance of payments only."

[parameters.direction]
domain = ["inflow", "outflow"]
default = "inflow"
help = "Into China, or from China abroad."
--- */
SELECT
    period, period_start, currency, value, half_width, growth_pct, note, source_id, source_title, source_url, published
FROM staging.released_figure
WHERE topic = 'investment' AND sub_item = 'all' AND freq = 'A' AND flow = $direction AND value IS NOT NULL
    AND item = if($concept = 'balance of payments', 'Foreign direct investment, net', 'Foreign capital actually used')
    AND ($first IS NULL OR CAST(period AS INTEGER) >= $first) AND ($last IS NULL OR CAST(period AS INTEGER) <= $last)
QUALIFY row_number() OVER (PARTITION BY period, currency ORDER BY authority, half_width, published) = 1
ORDER BY period, currency

/* ---
title = "Cross-border e-commerce"
unit = "value"
definition = "China's imports and exports of goods by cross-border e-commerce as customs prints them, with the share of all goods trade."
formula = "s = E / X, with E the printed value and X all trade in the same flow and period"
tex = '''s = \frac{E}{X}'''
reference = "Releases of the General Administration of Customs, page by page"
caveats = [
    "The coverage was revised: 2020 was printed as 1.69 trillion yuan, and is 1.62 trillion behind the rate of 2025 on 2020. Growth is the printed one; none is computed between levels.",
    "Most figures are rounded to 10 billion yuan, and 2019 is not available.",
    "It is a part of goods trade, not an addition to it.",
]
uses = ["first", "last"]

[parameters.flow]
domain = ["export", "import", "total"]
default = "total"
help = "Direction of China's trade; total is exports plus imports."

[parameters.freq]
domain = ["A", "YTD"]
default = "A"
help = "Years, or January to the month."
--- */
WITH best AS (
    SELECT * FROM staging.released_figure
    WHERE topic = 'category' AND item = 'Cross-border e-commerce' AND flow = $flow AND freq = $freq AND currency = 'CNY' AND value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY period ORDER BY authority, half_width, published, source_title) = 1
)
SELECT
    best.period, best.period_start, best.flow, best.currency, best.value, best.half_width, best.growth_pct,
    100 * best.value / total_trade.value AS share_pct, best.note, best.source_id, best.source_title, best.source_url, best.published
FROM best
LEFT JOIN total_trade USING (freq, period, flow, currency)
WHERE in_span(best.period, $first, $last)
ORDER BY best.period

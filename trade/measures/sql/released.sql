/* ---
title = "Figures as released"
unit = "value"
definition = "What each page printed on a total, a bloc, a commodity group, a regime, a type of enterprise or a province, with its share of total trade and its contribution to growth as computed from the printed figures."
formula = "s = x / X; c = (x - x / (1 + g)) / (X / (1 + G)), with the page's x and g and the total's X and G"
tex = '''s = \frac{x}{X}, \qquad c = \frac{x - x/(1+g)}{X/(1+G)}'''
reference = "Pages named in each row; INSEE, definition c1207 (contribution)"
caveats = [
    "One row per figure and page: rows repeat each other and are never added up. Within a period the most exact official figure comes last.",
    "contribution_low_pp and contribution_high_pp are what the rounding of the item's value and of both growth rates (one decimal) leaves open.",
    "Groups overlap, and their definitions differ between pages and years.",
]
uses = ["first", "last", "freq:customs"]

[parameters.topic]
domain = ["total", "bloc", "category", "regime", "enterprise", "province"]
default = "category"
help = "What kind of item."

[parameters.item]
domain = "text"
default = "High-tech products"
help = "The item as the tables name it; total trade is Goods trade."

[parameters.sub_item]
domain = "text"
default = "all"
help = "Second breakdown: the customs regime within a type of enterprise."

[parameters.flow]
domain = ["export", "import", "total", "balance"]
default = "export"
help = "Direction of China's trade; total is exports plus imports, balance exports less imports."

[parameters.currency]
domain = ["CNY", "USD"]
default = "CNY"
help = "Currency of the printed figure."
--- */
WITH asked AS (
    SELECT * FROM staging.released_figure
    WHERE topic = $topic AND item = $item AND sub_item = $sub_item AND freq = $freq AND coalesce(currency, $currency) = $currency
        AND in_span(period, $first, $last)
),
-- the balance or total computed from exports and imports on the same page, if the page does not print it
implied AS (
    SELECT exports.* REPLACE (
        $flow AS flow, NULL AS printed, exports.value + if($flow = 'total', 1, -1) * imports.value AS value,
        exports.half_width + imports.half_width AS half_width, NULL AS growth_pct, NULL AS share_pct, true AS derived
    )
    FROM asked AS exports
    JOIN asked AS imports USING (period, source_id, source_title, published)
    ANTI JOIN (FROM asked WHERE flow = $flow AND value IS NOT NULL) AS told
        ON told.period = exports.period AND told.source_id = exports.source_id AND told.source_title = exports.source_title
    WHERE exports.flow = 'export' AND imports.flow = 'import' AND $flow IN ('total', 'balance')
        AND exports.value IS NOT NULL AND imports.value IS NOT NULL
),
figures AS (
    SELECT * FROM asked WHERE flow = $flow
    UNION ALL
    SELECT * FROM implied
),
computed AS (
    SELECT
        figures.*, figures.value / nullif(1 + figures.growth_pct / 100, 0) AS base_value,
        total.value AS total, total.value / nullif(1 + total.growth_pct / 100, 0) AS total_base, total.growth_pct AS total_growth_pct
    FROM figures
    LEFT JOIN (SELECT freq, period, flow, currency, value, growth_pct FROM total_trade) AS total USING (freq, period, flow, currency)
),
-- rates are printed with one decimal, so they are within 0.05 points of the printed ones
bounded AS (
    SELECT
        *, 1 - 1 / (1 + (growth_pct - 0.05) / 100) AS rise_low, 1 - 1 / (1 + (growth_pct + 0.05) / 100) AS rise_high,
        total / (1 + (total_growth_pct + 0.05) / 100) AS base_low, total / (1 + (total_growth_pct - 0.05) / 100) AS base_high
    FROM computed
),
changes AS (
    SELECT
        *, least((value - half_width) * rise_low, (value + half_width) * rise_low) AS change_low,
        greatest((value - half_width) * rise_high, (value + half_width) * rise_high) AS change_high
    FROM bounded
)
SELECT
    period, period_start, item, printed, unit, value, half_width, growth_pct, share_pct AS printed_share_pct, base_value,
    100 * value / total AS share_pct, 100 * base_value / total_base AS base_share_pct,
    100 * (value - base_value) / total_base AS contribution_pp,
    100 * least(change_low / base_low, change_low / base_high) AS contribution_low_pp,
    100 * greatest(change_high / base_low, change_high / base_high) AS contribution_high_pp,
    100 * (value - base_value) / (total - total_base) AS share_of_growth_pct,
    100 * least(change_low / (total - base_low), change_low / (total - base_high)) AS share_of_growth_low_pct,
    100 * greatest(change_high / (total - base_low), change_high / (total - base_high)) AS share_of_growth_high_pct,
    derived, authority, note, source_id, source_title, source_url, published
FROM changes
ORDER BY period, derived DESC, authority DESC, half_width DESC NULLS FIRST, published, source_title

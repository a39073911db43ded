/* ---
title = "Exchange-rate effect on growth"
unit = "percentage points"
definition = "How much of growth in yuan comes from the yuan's rate to the dollar: growth in yuan is growth in dollars times the change of the rate."
formula = "(1 + g_CNY) = (1 + g_USD)(1 + g_fx); effect = g_CNY - g_USD"
tex = '''1 + g^{\mathrm{CNY}} = (1 + g^{\mathrm{USD}})(1 + g^{\mathrm{fx}})'''
reference = "Accounting identity; the rate is the one implied by the General Administration of Customs' totals in yuan and in dollars"
caveats = [
    "The rate is the one that the two official totals imply, weighted by the months' trade, not a spot or average market rate.",
    "Published growth in each currency is rounded to 0.1 point and uses its own revised base, so the implied change of the rate is good to about 0.1 point.",
    "Above zero, the yuan was weaker than a year earlier and made growth in yuan look higher.",
    "Trade is invoiced in many currencies: the effect is one of accounting, not the response of trade to the rate.",
]
uses = ["flow", "first", "last", "as_of", "freq:with_quarters"]
--- */
WITH known AS (
    SELECT * FROM totals($as_of) WHERE flow = $flow AND freq = $freq
    UNION ALL BY NAME
    SELECT * FROM quarters($as_of) WHERE flow = $flow AND $freq = 'Q'
),
grown AS (
    SELECT
        now.*, now.value / nullif(before.value, 0) - 1 AS computed, now.growth_pct / 100 AS published_growth, before.value AS base_value
    FROM known AS now
    LEFT JOIN known AS before ON before.currency = now.currency AND before.period_start = now.period_start - INTERVAL 1 YEAR
)
SELECT
    period, yuan.period_start, yuan.value AS value_cny, dollars.value AS value_usd, yuan.value / dollars.value AS cny_per_usd,
    yuan.base_value / dollars.base_value AS base_cny_per_usd,
    yuan.growth_pct AS growth_cny_pct, dollars.growth_pct AS growth_usd_pct,
    100 * ((1 + yuan.published_growth) / (1 + dollars.published_growth) - 1) AS fx_pct,
    yuan.growth_pct - dollars.growth_pct AS fx_effect_pp,
    100 * yuan.computed AS growth_cny_computed_pct, 100 * dollars.computed AS growth_usd_computed_pct,
    100 * ((1 + yuan.computed) / (1 + dollars.computed) - 1) AS fx_computed_pct,
    100 * (yuan.computed - dollars.computed) AS fx_effect_computed_pp,
    if(yuan.source_id = dollars.source_id, yuan.source_id, yuan.source_id || ' ' || dollars.source_id) AS source_id,
    yuan.source_title, yuan.source_url, yuan.published
FROM grown AS yuan
JOIN grown AS dollars USING (period)
WHERE yuan.currency = 'CNY' AND dollars.currency = 'USD'
    AND in_span(period, $first, $last)
ORDER BY period

/* ---
title = "Dependence by product"
unit = "products"
definition = "In how many goods (HS6) an economy's trade is concentrated on one other beyond the published threshold: buyers on an exporter, or the exporter on its buyers."
formula = "buyers: s_jk = X_ijk / M_jk, HHI_jk >= s_jk^2; seller: t_jk = X_ijk / X_ik, HHI_k = sum_j t_jk^2; dependent where HHI > 0.4 (and j is the largest buyer)"
tex = '''\mathrm{HHI}_{jk} \ge s_{jk}^2 = \Big(\frac{X_{ijk}}{M_{jk}}\Big)^2, \qquad \mathrm{HHI}_k = \sum_j \Big(\frac{X_{ijk}}{X_{ik}}\Big)^2'''
reference = "Lefebvre & Wibaux 2024, Import dependencies: where does the EU stand?, CEPII Policy Brief 47 (GeoDep, criterion 1: HHI of imports above 0.4); European Commission 2021, Strategic dependencies and capacities, SWD(2021) 352"
caveats = [
    "side=buyer: of a buyer's other origins nothing is known, so its HHI is known from below: above 0.4 for certain where the exporter alone has more than 63.2% of what it buys. Goods that are concentrated on several origins are not counted.",
    "This is the first of CEPII's criteria. Whether the world's exports are concentrated too, and whether the buyer exports the good itself (imports above exports), cannot be answered from these figures.",
    "side=seller: a good counts for its largest buyer where the HHI of all buyers is above the threshold. It says who takes the goods, not who could not do without the sale.",
    "The table by buyer is the mean of 2022 and 2023, reconciled by CEPII; goods of small value count like large ones unless `least` leaves them out.",
    "What China buys by origin and HS6 does not come with the dashboard: its own dependence as a buyer needs the world's data.",
]
needs = "the table that comes with the dashboard has China's exports by buyer only: load others' on the page Sources and try again"
needs_table = "hs_purchase"
uses = ["reporter:exporter", "source", "classification", "period:hs_year"]

[parameters.side]
domain = ["buyer", "seller"]
default = "buyer"
help = "buyer: dependence of each buyer on the exporter; seller: of the exporter on each buyer."
[parameters.by]
domain = ["partner", "product"]
default = "partner"
help = "One row per economy with the number of goods, or one row per good of one economy."
[parameters.partner]
domain = "economy"
help = "The other economy; default: all, or the United States if by=product."
[parameters.product]
domain = "text"
help = "Only goods of this section (XVI), chapter (85), heading (8507) or subheading (850760); default: all goods."
[parameters.threshold]
domain = "number"
default = 0.4
minimum = 0
maximum = 1
help = "HHI above which trade in a good is concentrated."
[parameters.least]
domain = "number"
default = 1000000
minimum = 0
help = "Only goods of which the buyer buys (or, side=seller, the exporter sells) this much, dollars."

[names]
name = { code = "code", of = ["economy", "@classification"], unknown = "HS " }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, 'export', 'A', $source, $classification, $period, a_code := $product, a_goods := true)
),
sold AS (
    SELECT importer AS partner, product, value_usd, market_usd, quality, sum(value_usd) OVER (PARTITION BY product) AS sold_usd
    FROM hs_purchase
    JOIN chosen USING (source_id, classification, period)
    -- for dependence of buyers the buyer's own rows suffice; for the exporter's, all buyers of a good are needed
    WHERE freq = 'A' AND exporter = $reporter AND hs_within(product, $product)
        AND ($side = 'seller' OR importer = coalesce($partner, if($by = 'partner', importer, 'USA')))
),
goods AS (
    SELECT *, if($side = 'buyer', value_usd / nullif(market_usd, 0), value_usd / nullif(sold_usd, 0)) AS share,
        if($side = 'buyer', market_usd, sold_usd) AS whole_usd
    FROM sold
),
-- for a buyer only the share of this exporter is known; for the exporter the shares of all buyers
judged AS (
    SELECT *, if($side = 'buyer', share * share, sum(share * share) OVER (PARTITION BY product)) AS hhi,
        $side = 'buyer' OR value_usd = max(value_usd) OVER (PARTITION BY product) AS first
    FROM goods
),
counted AS (
    SELECT *, first AND hhi > $threshold AS dependent
    FROM judged
    WHERE whole_usd >= $least AND partner = coalesce($partner, if($by = 'partner', partner, 'USA'))
),
answers AS (
    SELECT partner AS code, count(*) FILTER (dependent) AS dependent_products, count(*) AS products,
        coalesce(sum(value_usd) FILTER (dependent), 0) AS value_usd, sum(value_usd) AS all_usd, NULL::DOUBLE AS share_pct, NULL::DOUBLE AS hhi,
        min(quality) AS quality
    FROM counted WHERE $by = 'partner' GROUP BY partner
    UNION ALL
    SELECT product, if(dependent, 1, 0), 1, value_usd, whole_usd, 100 * share, hhi, quality FROM counted WHERE $by = 'product'
)
SELECT
    period, classification, answers.code, customs_continent AS continent, dependent_products, products,
    value_usd, all_usd, if($by = 'partner', 100 * value_usd / nullif(all_usd, 0), answers.share_pct) AS share_pct, hhi, $threshold AS threshold,
    answers.quality, chosen.source_id
FROM answers
CROSS JOIN chosen
LEFT JOIN economy AS other ON $by = 'partner' AND other.economy = answers.code
ORDER BY dependent_products DESC, value_usd DESC, answers.code

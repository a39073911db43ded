/* ---
title = "Share in what others buy"
unit = "%"
definition = "What part of a good that each economy buys from the world comes from one exporter: by buyer for one good, or by good for one buyer."
formula = "m_jk = X_ijk / M_jk, X_ijk exports of i to j in good k, M_jk all that j buys of k from the world"
tex = '''m_{jk} = \frac{X_{ijk}}{M_{jk}}'''
reference = "Gaulier & Zignago 2010, BACI: International Trade Database at the Product-Level, CEPII Working Paper 2010-23 (the figures); Lefebvre & Wibaux 2024, Import dependencies: where does the EU stand?, CEPII Policy Brief 47 (the use)"
caveats = [
    "What a buyer buys from the world is known only for goods (six digits) that it buys from the exporter: the share of a heading, chapter or of all goods is of those goods, and is above the share of all.",
    "The table by buyer is the mean of 2022 and 2023, reconciled by CEPII, not customs: growth does not follow from it.",
    "Goods that pass through Hong Kong, Singapore or the Netherlands count where they were declared to come from.",
]
needs = "the table that comes with the dashboard has China's exports by buyer only: load others' on the page Sources and try again"
needs_table = "hs_purchase"
uses = ["reporter:exporter", "source", "classification", "period:hs_year"]

[parameters.by]
domain = ["partner", "product"]
default = "partner"
help = "One row per buyer of a good, or one row per good that one buyer buys."
[parameters.product]
domain = "text"
help = "Only goods of this section (XVI), chapter (85), heading (8507) or subheading (850760); default: all goods."
[parameters.partner]
domain = "economy"
help = "The buyer; default: all buyers, or the United States if by=product."
[parameters.level]
domain = ["group", "sector", "section", "chapter", "heading", "subheading"]
default = "chapter"
only = { by = ["product"] }
help = "Level of the goods, if by=product."

[names]
name = { code = "code", of = ["economy", "@classification", "hs_purchases", "goods"], unknown = "HS " }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, 'export', 'A', $source, $classification, $period, a_code := $product, a_goods := true,
        a_level := if($by = 'product', $level, NULL))
),
goods AS (
    SELECT importer, product, parent, value_usd, market_usd, quality
    FROM hs_purchase
    JOIN chosen USING (source_id, classification, period)
    LEFT JOIN hs_parents($level) AS placed USING (product)
    WHERE freq = 'A' AND exporter = $reporter AND hs_within(product, $product)
        AND importer = coalesce($partner, if($by = 'partner', importer, 'USA'))
),
sums AS (
    SELECT if($by = 'partner', importer, parent) AS code, 'part' AS kind, sum(value_usd) AS value_usd,
        sum(market_usd) AS market_usd, count(*) AS products, min(quality) AS quality
    FROM goods GROUP BY 1
    UNION ALL
    SELECT if($by = 'partner', 'world', coalesce($product, 'all')), 'total', sum(value_usd), sum(market_usd), count(DISTINCT product), min(quality)
    FROM goods HAVING count(*) > 0
)
SELECT
    period, classification, sums.code, customs_continent AS continent, value_usd, market_usd, 100 * value_usd / nullif(market_usd, 0) AS share_pct, products, sums.kind,
    sums.quality, chosen.source_id
FROM sums
CROSS JOIN chosen
LEFT JOIN economy AS buyer ON $by = 'partner' AND buyer.economy = sums.code
ORDER BY sums.kind <> 'part', value_usd DESC, sums.code

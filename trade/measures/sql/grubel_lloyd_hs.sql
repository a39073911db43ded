/* ---
title = "Grubel-Lloyd index by HS product"
unit = "0 to 1"
definition = "How far an economy's exports and imports of the same goods of the Harmonized System match: 1 if they are equal, 0 if trade runs one way."
formula = "GL_c = 1 - sum_k abs(X_k - M_k) / sum_k (X_k + M_k), over the codes k at which trade is matched inside c"
tex = '''\mathrm{GL}_c = 1 - \frac{\sum_{k \in c} |X_k - M_k|}{\sum_{k \in c} (X_k + M_k)}'''
reference = "Grubel & Lloyd 1975, Intra-Industry Trade, Macmillan"
caveats = [
    "Aggregation bias: matched by chapter, different goods offset each other, so the index falls as `match` gets finer. It is matched at the finest codes of the source unless `match` says otherwise.",
    "Of reconciled data both sides are FOB; reported imports are CIF and look a little larger than the exports they are matched with.",
]
needs = "the tables that come with the dashboard have both directions for some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_product"
uses = ["reporter", "source", "classification", "level", "period:hs_year", "within"]

[parameters.match]
domain = ["loaded", "chapter", "heading", "subheading"]
default = "loaded"
help = "Level at which exports are set against imports: the finest codes of the source, chapters, headings or subheadings."

[names]
name = { code = "code", of = ["@classification", "goods"], unknown = "HS " }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, 'total', 'A', $source, $classification, $period, a_level := $level, a_code := $within)
),
matched AS (
    SELECT placed.parent AS code, coalesce(matched.parent, product) AS good,
        coalesce(sum(value_usd) FILTER (flow = 'export'), 0) AS exports_usd, coalesce(sum(value_usd) FILTER (flow = 'import'), 0) AS imports_usd,
        min(quality) AS quality
    FROM hs_product
    JOIN chosen USING (source_id, classification, period)
    LEFT JOIN hs_parents($level) AS placed USING (product)
    LEFT JOIN hs_parents($match) AS matched USING (product)
    WHERE freq = 'A' AND economy = $reporter AND hs_within(product, $within)
    GROUP BY 1, 2
),
answers AS (
    SELECT code, 'part' AS kind, sum(exports_usd) AS exports_usd, sum(imports_usd) AS imports_usd, sum(abs(exports_usd - imports_usd)) AS unmatched,
        count(*) AS products, min(quality) AS quality
    FROM matched WHERE code IS NOT NULL GROUP BY code
    UNION ALL
    SELECT coalesce($within, 'all'), 'total', sum(exports_usd), sum(imports_usd), sum(abs(exports_usd - imports_usd)), count(*), min(quality)
    FROM matched, chosen HAVING count(code) > 0 AND ($within IS NOT NULL OR NOT any_value(partial))
)
SELECT
    period, chosen.classification, answers.code, exports_usd, imports_usd,
    1 - unmatched / nullif(exports_usd + imports_usd, 0) AS grubel_lloyd, products, kind, quality, chosen.source_id
FROM answers
CROSS JOIN chosen
ORDER BY kind <> 'part', exports_usd + imports_usd DESC, answers.code

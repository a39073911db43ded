/* ---
title = "First destination of each economy, year by year"
unit = "economies"
definition = "The largest destination of each economy's exports (or source, or partner in two-way trade) in every year of a dataset."
formula = "d_t(i) = the j with the largest X_ij,t"
tex = '''d_t(i) = \arg\max_j X_{ij,t}'''
reference = "After the count of the Lowy Institute, 2019, Global trade through a US-China lens; bilateral trade matrix: Gaulier & Zignago 2010, BACI, CEPII Working Paper 2010-23"
caveats = [
    "From each economy's own exports; datasets are never mixed, and the number of economies in the table changes from year to year.",
    "Where two partners tie, the first by code is listed, and `rank_certain` is false.",
]
uses = ["flow:ranked", "eu:ranked", "hong_kong_macao:ranked", "dataset:ranked", "first:year", "last:year"]

[names]
name = { code = "reporter", of = ["economy", "group"] }
partner_name = { code = "partner", of = ["economy", "group"] }
--- */
WITH firsts AS (
    SELECT * FROM destination_rank
    WHERE dataset = $dataset AND flow = $flow AND eu = $eu AND if($hong_kong_macao = 'in', rank, rank_without_hk_macao) = 1
        AND ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last)
    QUALIFY row_number() OVER (PARTITION BY year, reporter ORDER BY partner) = 1
)
SELECT
    CAST(firsts.year AS VARCHAR) AS period, firsts.reporter, firsts.partner, firsts.share_pct, firsts.rank_certain, firsts.source_id
FROM firsts
ORDER BY firsts.year, firsts.reporter

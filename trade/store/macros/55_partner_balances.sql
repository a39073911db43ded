-- The rows of the measure `partner_balance` for one partner, or for every economy and group if a_partner is NULL.
CREATE MACRO partner_balances(a_partner, a_membership, a_freq, a_currency) AS TABLE
WITH rate AS (
    SELECT period, flow, any_value(value) FILTER (currency = 'CNY') / any_value(value) FILTER (currency = 'USD') AS cny_per_usd
    FROM totals_of_all_freqs() WHERE freq = a_freq
    GROUP BY period, flow
),
flows AS (
    SELECT partner, CAST(year AS VARCHAR) AS period, flow, if(a_currency = 'USD', value_usd, value_cny) AS value,
        if(quality = 'converted' AND a_currency = 'CNY', 'reported', quality) AS quality, source_id, 0 AS missing, NULL AS former_value
    FROM partner_annual WHERE a_freq = 'A' AND coalesce(partner = a_partner, true)
    UNION ALL
    SELECT partner, period, flow, if(a_currency = 'USD', value_cny / cny_per_usd, value_cny), if(a_currency = 'USD', 'converted', quality), source_id, 0, NULL
    FROM partner_month LEFT JOIN rate USING (period, flow) WHERE freq = a_freq AND coalesce(partner = a_partner, true) AND flow <> 'total'
    UNION ALL
    SELECT group_code, period, flow, if(a_freq <> 'A' AND a_currency = 'USD', value / cny_per_usd, value),
        if(a_freq <> 'A' AND a_currency = 'USD', 'converted', if(quality = 'converted' AND a_currency = 'CNY', 'reported', quality)), source_id, missing,
        if(a_freq <> 'A' AND a_currency = 'USD', former_value / former_rate, former_value)
    FROM (
        FROM group_figures(a_partner, a_membership, 'export', a_freq, if(a_freq = 'A', a_currency, 'CNY'))
        UNION ALL
        FROM group_figures(a_partner, a_membership, 'import', a_freq, if(a_freq = 'A', a_currency, 'CNY'))
    )
    LEFT JOIN rate USING (period, flow)
    LEFT JOIN (SELECT CAST(CAST(left(period, 4) AS INTEGER) + 1 AS VARCHAR) || substr(period, 5) AS period, flow, cny_per_usd AS former_rate FROM rate) USING (period, flow)
),
paired AS (
    SELECT
        partner, period, any_value(value) FILTER (flow = 'export') AS exports, any_value(value) FILTER (flow = 'import') AS imports,
        any_value(quality) FILTER (flow = 'export') AS export_quality, any_value(quality) FILTER (flow = 'import') AS import_quality,
        any_value(source_id) FILTER (flow = 'export') AS export_source, any_value(source_id) FILTER (flow = 'import') AS import_source,
        source_list(source_id) AS source_id, max(missing) AS missing,
        any_value(former_value) FILTER (flow = 'export') AS own_former_exports, any_value(former_value) FILTER (flow = 'import') AS own_former_imports
    FROM flows WHERE value IS NOT NULL
    GROUP BY partner, period
),
beside AS (
    SELECT
        now.*, if(break_between(now.export_quality, former.export_quality, now.export_source, former.export_source) IS NULL, coalesce(now.own_former_exports, former.exports), NULL) AS former_exports,
        if(break_between(now.import_quality, former.import_quality, now.import_source, former.import_source) IS NULL, coalesce(now.own_former_imports, former.imports), NULL) AS former_imports
    FROM paired AS now
    LEFT JOIN paired AS former ON former.partner = now.partner AND former.period = CAST(CAST(left(now.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(now.period, 5)
)
SELECT
    partner, period, CAST(first_month(period) || '-01' AS DATE) AS period_start, exports, imports, exports - imports AS balance,
    (exports - imports) / nullif(exports + imports, 0) AS normalised_balance,
    100 * (exports / nullif(former_exports, 0) - 1) AS export_growth_computed_pct, 100 * (imports / nullif(former_imports, 0) - 1) AS import_growth_computed_pct,
    export_quality, import_quality,
    coalesce(export_source <> lag(export_source) OVER (PARTITION BY partner ORDER BY period), false) AS export_new_source,
    coalesce(import_source <> lag(import_source) OVER (PARTITION BY partner ORDER BY period), false) AS import_new_source, missing, beside.source_id
FROM beside

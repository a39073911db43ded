-- one row per freq, period, partner, flow and currency: China's trade by the customs tables, converted where they lack the currency
-- key: freq, currency, flow, period, partner
--
-- Years are converted at the rate that the totals imply; months are printed in yuan and have no dollar value here.
SELECT market.freq, target.currency, market.flow, market.period, partner,
    make_date(CAST(left(market.period, 4) AS INTEGER), 12, 31) AS year_end,
    value * CASE WHEN market.currency = target.currency THEN 1 WHEN target.currency = 'CNY' THEN cny_per_usd END AS value,
    market.currency <> target.currency OR quality = 'converted' AS converted, quality, market.source_id
FROM market
CROSS JOIN (VALUES ('CNY'), ('USD')) AS target (currency)
LEFT JOIN fx_rate ON CAST(fx_rate.year AS VARCHAR) = market.period AND fx_rate.flow = market.flow
WHERE dataset = 'customs' AND market.flow <> 'total'
QUALIFY row_number() OVER (
    PARTITION BY market.freq, target.currency, market.flow, market.period, partner ORDER BY market.currency = target.currency DESC
) = 1
ORDER BY market.freq, target.currency, market.flow, market.period, partner

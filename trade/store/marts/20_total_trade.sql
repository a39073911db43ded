-- one row per freq, period, flow and currency: China's total goods trade, the preferred figure with the first release beside it
-- key: freq, period, flow, currency
SELECT * FROM totals_known_by(NULL) ORDER BY freq, currency, flow, period

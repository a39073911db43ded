-- one row per freq, period, flow and currency: China's total goods trade, the preferred figure and the first release
-- key: freq, period, flow, currency
SELECT * FROM totals_known_by(NULL) ORDER BY freq, currency, flow, period

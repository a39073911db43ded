-- China's totals of every frequency: years, months, January to each month, and quarters.
CREATE MACRO totals_of_all_freqs() AS TABLE
SELECT freq, period, flow, currency, value, growth_pct, source_id FROM total_trade
UNION ALL
SELECT 'Q', period, flow, currency, value, growth_pct, source_id FROM total_quarter

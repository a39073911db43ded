-- one row per quarter, flow and currency: China's trade in goods, as macro quarters gives it from all figures
-- key: period, flow, currency
FROM quarters(NULL)
ORDER BY currency, flow, period

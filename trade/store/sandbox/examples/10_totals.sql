-- China's exports, imports and total by year, billion yuan
SELECT
    period AS year,
    round(max(value) FILTER (WHERE flow = 'export') / 1e9, 1) AS exports,
    round(max(value) FILTER (WHERE flow = 'import') / 1e9, 1) AS imports,
    round(max(value) FILTER (WHERE flow = 'total') / 1e9, 1) AS total
FROM total_trade
WHERE freq = 'A' AND currency = 'CNY'
GROUP BY period
ORDER BY period DESC

-- one row per group that has a name, membership (by its dates), freq, currency, flow and period: China's trade with it, and its rank
-- key: group_code, membership, freq, currency, flow, period
FROM group_figures(NULL, 'dated', NULL, NULL, NULL) ORDER BY group_code, membership, freq, currency, flow, period

-- title: the categories of services of the balance of payments sum to the total, in percent of it
-- tolerance: 1
-- file: world_bank_services/services.csv
-- the World Bank's four categories (shares times the total) and the twelve of SAFE, whose months of 2025 lack government services
WITH part AS (
    SELECT source_id, freq, period, flow, item, value FROM staging.released_figure
    WHERE topic = 'services' AND sub_item = 'balance of payments' AND flow IN ('export', 'import') AND item NOT IN (
        'Services', 'Information and communication technology services'
    ) AND NOT (source_id = 'world_bank_services' AND item = 'Charges for the use of intellectual property')
)
SELECT concat_ws(' ', total.source_id, total.period, total.flow) AS place, 100 * (sum(part.value) / any_value(total.value) - 1) AS value,
    0 AS expected
FROM staging.released_figure AS total
JOIN part USING (source_id, freq, period, flow)
WHERE total.topic = 'services' AND total.item = 'Services'
GROUP BY total.source_id, total.freq, total.period, total.flow

-- title: every HS code of an economy appears once
-- tolerance: 0
-- file: hs_product
SELECT concat_ws(' ', source_id, classification, freq, period, flow) AS place, products AS value, counted AS expected
FROM (SELECT source_id, classification, freq, period, flow, sum(products) AS products FROM hs_coverage GROUP BY ALL)
FULL JOIN (SELECT source_id, classification, freq, period, flow, count(*) AS counted FROM hs_product GROUP BY ALL)
    USING (source_id, classification, freq, period, flow)

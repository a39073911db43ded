-- Where the figures come from: producer, licence and rows by source
SELECT source_id, producer, source.title, licence, count(*) AS files, sum(row_count) AS rows, any_value(source.url) AS url
FROM fact.source
JOIN fact.source_file USING (source_id)
GROUP BY ALL
ORDER BY rows DESC

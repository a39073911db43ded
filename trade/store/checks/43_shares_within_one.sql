-- title: the shares of an exporter's destinations do not exceed the whole
-- tolerance: 1
-- file: cia_factbook/destination_shares.csv.gz
-- percentage points; whole percents since 2019, so several roundings up may add; only an excess is a gap. Before 2019 some lists name a bloc
-- beside its members, or two parts of one country, and are not checked
SELECT concat_ws(' ', year, exporter) AS place, greatest(sum(share_pct) - 100, 0) AS value, 0 AS expected
FROM (SELECT DISTINCT year, exporter, partner_name, share_pct FROM fact.destination_share WHERE year >= 2019)
GROUP BY year, exporter

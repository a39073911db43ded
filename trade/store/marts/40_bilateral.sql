-- one row per year, exporter and importer of the world's goods exports, one source a year (a view on the fact table)
--
-- Seven reports are excluded because they fit neither the year before nor the year after: the destination shares overlap
-- (sum of the smaller share of each) by less than 0.5 with either year, while those years overlap with each other by more
-- than 0.7. A test checks this list against the reports of 1962 to 1999; later data are reconciled from both sides.
SELECT year, exporter, importer, value_usd, source_id FROM fact.bilateral_export
ANTI JOIN (
    VALUES ('wits', 1973, 'QAT'), ('wits', 1980, 'SPM'), ('wits', 1987, 'VEN'), ('wits', 1991, 'TTO'), ('wits', 1993, 'KIR'),
        ('wits', 1996, 'OMN'), ('wits', 1998, 'VNM')
) AS unfit (source_id, year, exporter) USING (source_id, year, exporter)

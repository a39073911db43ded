-- Every figure carries its quality and sources, and figures of different quality or source are not comparable.
-- `trade.measures.comparability` applies the same rules to frames; docs/quality.md gives an example of each case.

-- The worst quality among the values: the one furthest from reported.
CREATE MACRO worst_quality(quality) AS
    ['reported', 'derived', 'implied', 'converted', 'estimated', 'mirror'][max(list_position(['reported', 'derived', 'implied', 'converted', 'estimated', 'mirror'], quality))];

-- The distinct sources of a group of rows, sorted and separated by spaces; a row may name several.
CREATE MACRO source_list(ids) AS
    if(min(ids) = max(ids), min(ids), array_to_string(list_sort(list_distinct(string_split(array_to_string(list(ids), ' '), ' '))), ' '));

-- Why two figures are not comparable: `mirror` if only one of them is the partner's report, `source` if their sources
-- differ; NULL if they are comparable or one of them is missing.
CREATE MACRO break_between(quality, former_quality, sources, former_sources) AS
    CASE
        WHEN (quality = 'mirror') <> (former_quality = 'mirror') THEN 'mirror'
        WHEN sources <> former_sources THEN 'source'
    END;

-- Whether all sources of a list have China's own data: customs tables and China's reports to the IMF and the UN. Their
-- sums agree with customs' totals of each year within 0.5% (2% in 2016 and 2022, 5% for imports of 2015), and the values
-- of 2023 by partner within 1.3%: too far apart for growth over one year, close enough for a change over several.
CREATE MACRO own_report(sources) AS
    list_has_all(['gacc_partners', 'imf_dots', 'wits_china', 'comtrade_china'], string_split(sources, ' '));

-- As break_between, for a change over `years`: over two years or more, China's own data in two sources are comparable.
CREATE MACRO break_over(years, quality, former_quality, sources, former_sources) AS
    if(years > 1 AND own_report(sources) AND own_report(former_sources), NULL, break_between(quality, former_quality, sources, former_sources));

-- Why two whole tables of partners are not comparable: as above, and `unreported` if both list only partners that
-- reported. A partner that is in only one of two such tables is unknown in the other, not zero.
CREATE MACRO table_break(partial, former_partial, sources, former_sources) AS
    CASE
        WHEN partial AND former_partial THEN 'unreported'
        WHEN partial OR former_partial THEN 'mirror'
        WHEN sources <> former_sources THEN 'source'
    END;

-- As table_break, for a change over `years`, by the rule of break_over.
CREATE MACRO table_break_over(years, partial, former_partial, sources, former_sources) AS
    if(
        years > 1 AND NOT partial AND NOT former_partial AND own_report(sources) AND own_report(former_sources),
        NULL, table_break(partial, former_partial, sources, former_sources)
    );

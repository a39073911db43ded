-- The rule of quality: what a figure rests on travels with it, and two figures of unlike quality or source do not compare.
-- `trade.measures.comparability` is the same rule for frames; docs/quality.md gives an example of each case.

-- The least direct way in which one of the values came about.
CREATE MACRO worst_quality(quality) AS
    ['reported', 'derived', 'implied', 'converted', 'estimated', 'mirror'][max(list_position(['reported', 'derived', 'implied', 'converted', 'estimated', 'mirror'], quality))];

-- Each source of a group of rows once, in order, parted by a blank; a row may itself name two.
CREATE MACRO source_list(ids) AS
    if(min(ids) = max(ids), min(ids), array_to_string(list_sort(list_distinct(string_split(array_to_string(list(ids), ' '), ' '))), ' '));

-- Why two figures do not compare: `mirror` if one alone is the other side's report, `source` if they come from different
-- sources; missing if they compare, or if one of them is missing.
CREATE MACRO break_between(quality, former_quality, sources, former_sources) AS
    CASE
        WHEN (quality = 'mirror') <> (former_quality = 'mirror') THEN 'mirror'
        WHEN sources <> former_sources THEN 'source'
    END;

-- Whether all sources of a list hold China's own report: customs' tables and what China gave to the IMF and the UN. Their sums
-- agree with customs' totals of each year within 0.5% (2% in 2016 and 2022, 5% for imports of 2015), and the values of
-- 2023 by partner within 1.3%: too far apart for the growth of one year, near enough for a change over several.
CREATE MACRO own_report(sources) AS
    list_has_all(['gacc_partners', 'imf_dots', 'wits_china', 'comtrade_china'], string_split(sources, ' '));

-- As break_between, over any number of years: from two years on China's own report compares with itself in another source.
CREATE MACRO break_over(years, quality, former_quality, sources, former_sources) AS
    if(years > 1 AND own_report(sources) AND own_report(former_sources), NULL, break_between(quality, former_quality, sources, former_sources));

-- Why two tables of partners do not compare as wholes: as above, and `unreported` if both list only the partners that
-- reported. Between such tables a partner that stands in one alone is unknown in the other, not zero.
CREATE MACRO table_break(partial, former_partial, sources, former_sources) AS
    CASE
        WHEN partial AND former_partial THEN 'unreported'
        WHEN partial OR former_partial THEN 'mirror'
        WHEN sources <> former_sources THEN 'source'
    END;

-- As table_break, over any number of years, by the rule of break_over.
CREATE MACRO table_break_over(years, partial, former_partial, sources, former_sources) AS
    if(
        years > 1 AND NOT partial AND NOT former_partial AND own_report(sources) AND own_report(former_sources),
        NULL, table_break(partial, former_partial, sources, former_sources)
    );

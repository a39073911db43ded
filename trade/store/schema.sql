-- The facts, as in the files under data/. One table per kind of fact; a file has the columns of its table, except
-- `source_id` (the name of the file's folder, added by the reader) and any column that the file's entry in source.toml
-- gives as a constant. The reader takes its checks (types, NOT NULL, CHECK, PRIMARY KEY) from here.
--
-- Conventions. freq: A year, M month, YTD January to that month (the bulletins' cumulative column; not an SDMX code),
-- FY five years. period: 2025 | 2025-12 | 2021/2025. published and vintage: ISO dates of any precision (2026, 2026-01, 2026-01-14).
-- A table whose key is marked `without an index` has no constraints in the store: the loader checks its key and rules. With
-- hundreds of thousands of rows an index takes more time and space than the rows.
-- A line "restated by" names what a later vintage replaces as a whole, such as the table of a month. The replaced rows
-- move to the table of the same name in schema former, with their vintage and the one that replaced it.
-- Economies are ISO 3166-1 alpha-3 or one of our X.. codes (all in fact.economy); groups are lower-case codes (fact.economy_group).

CREATE SCHEMA fact;

-- one row per source: a folder of data/, described by its source.toml
CREATE TABLE fact.source (
    source_id VARCHAR PRIMARY KEY,
    producer VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    citation VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    published VARCHAR NOT NULL,
    accessed VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    currency VARCHAR NOT NULL,
    valuation VARCHAR NOT NULL,
    coverage VARCHAR NOT NULL,
    warnings VARCHAR NOT NULL
);

-- one row per fact file
CREATE TABLE fact.source_file (
    source_id VARCHAR,
    path VARCHAR,
    fact_table VARCHAR NOT NULL,
    row_count BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    PRIMARY KEY (source_id, path)
);

-- one row per file of a batch: facts that were imported or fetched, and what they changed (rows)
CREATE TABLE fact.batch (
    source_id VARCHAR,
    batch VARCHAR,
    path VARCHAR,
    fact_table VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    received VARCHAR,
    row_count BIGINT NOT NULL,
    rows_new BIGINT NOT NULL,
    rows_same BIGINT NOT NULL,
    rows_revised BIGINT NOT NULL,
    rows_withdrawn BIGINT NOT NULL,
    PRIMARY KEY (source_id, batch, path)
);

-- one row per value that a batch revised, gave for the first time (old_value missing) or withdrew (new_value missing)
CREATE TABLE fact.revision (
    source_id VARCHAR,
    batch VARCHAR,
    fact_table VARCHAR,
    place VARCHAR,
    column_name VARCHAR,
    period VARCHAR NOT NULL,
    old_value DOUBLE,
    new_value DOUBLE,
    old_vintage VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    PRIMARY KEY (source_id, batch, fact_table, place, column_name)
);

-- one row per economy, customs area or residual that occurs as reporter or partner
CREATE TABLE fact.economy (
    source_id VARCHAR NOT NULL,
    economy VARCHAR PRIMARY KEY CHECK (regexp_full_match(economy, '[A-Z]{3}')),
    kind VARCHAR NOT NULL CHECK (kind IN ('economy', 'area', 'residual', 'unallocated', 'historical')),
    iso2 VARCHAR CHECK (regexp_full_match(iso2, '[A-Z]{2}')),
    m49 INTEGER,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    customs_name_en VARCHAR,
    customs_name_zh VARCHAR,
    customs_continent VARCHAR CHECK (customs_continent IN ('asia', 'africa', 'europe', 'latin-america', 'north-america', 'oceania', 'antarctica')),
    continent VARCHAR CHECK (continent IN ('asia', 'africa', 'europe', 'americas', 'oceania')),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    drawn VARCHAR NOT NULL CHECK (drawn IN ('polygon', 'point', 'none')),
    note VARCHAR
);

-- one row per continent or bloc
CREATE TABLE fact.economy_group (
    source_id VARCHAR NOT NULL,
    group_code VARCHAR PRIMARY KEY CHECK (regexp_full_match(group_code, '[a-z][a-z0-9-]*')),
    kind VARCHAR NOT NULL CHECK (kind IN ('world', 'continent', 'region', 'bloc')),
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    member_list VARCHAR
);

-- one row per spell of membership of an economy in a bloc
CREATE TABLE fact.group_member (
    source_id VARCHAR NOT NULL,
    group_code VARCHAR,
    economy VARCHAR,
    valid_from DATE,
    valid_to DATE,
    source_title VARCHAR NOT NULL,
    PRIMARY KEY (group_code, economy, valid_from)
);

-- restated by: source_id, topic, freq, period, flow, currency
-- one row per figure as printed on one page: headline totals, regimes, enterprises, provinces, categories, blocs, services, investment
CREATE TABLE fact.released_figure (
    source_id VARCHAR,
    topic VARCHAR CHECK (topic IN ('total', 'regime', 'enterprise', 'province', 'category', 'bloc', 'services', 'investment')),
    freq VARCHAR CHECK (freq IN ('A', 'Q', 'M', 'YTD', 'FY')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}(-\d{2}|-Q[1-4]|/\d{4})?')),
    flow VARCHAR CHECK (flow IN ('export', 'import', 'total', 'balance', 'inflow', 'outflow')),
    item VARCHAR,
    sub_item VARCHAR NOT NULL,
    printed VARCHAR CHECK (regexp_full_match(printed, '-?\d+(\.\d+)?')),
    unit VARCHAR,
    currency VARCHAR CHECK (currency IN ('CNY', 'USD')),
    growth_pct DOUBLE,
    share_pct DOUBLE,
    derived BOOLEAN NOT NULL,
    authority INTEGER NOT NULL CHECK (authority BETWEEN 1 AND 5),
    source_title VARCHAR NOT NULL,
    source_url VARCHAR,
    published VARCHAR CHECK (regexp_full_match(published, '\d{4}(-\d{2}){0,2}')),
    note VARCHAR,
    seq INTEGER,
    PRIMARY KEY (source_id, topic, freq, period, flow, item, seq)
);

-- restated by: source_id, freq, period
-- one row per period, partner and flow of the customs table by country (region)
CREATE TABLE fact.partner_trade (
    source_id VARCHAR,
    freq VARCHAR CHECK (freq IN ('M', 'YTD')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}-\d{2}')),
    partner VARCHAR,
    flow VARCHAR CHECK (flow IN ('export', 'import', 'total')),
    value_cny_10k DOUBLE,
    growth_pct DOUBLE,
    quality VARCHAR NOT NULL CHECK (quality IN ('reported', 'derived', 'converted')),
    published VARCHAR CHECK (regexp_full_match(published, '\d{4}(-\d{2}){0,2}')),
    note VARCHAR,
    PRIMARY KEY (source_id, freq, period, partner, flow)
);

-- restated by: source_id, freq, period
-- one row per period, group and flow of the customs table by country (region): world, continents, blocs
CREATE TABLE fact.group_trade (
    source_id VARCHAR,
    freq VARCHAR CHECK (freq IN ('M', 'YTD')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}-\d{2}')),
    group_code VARCHAR,
    flow VARCHAR CHECK (flow IN ('export', 'import', 'total')),
    value_cny_10k DOUBLE,
    growth_pct DOUBLE,
    quality VARCHAR NOT NULL CHECK (quality IN ('reported', 'derived', 'converted')),
    published VARCHAR CHECK (regexp_full_match(published, '\d{4}(-\d{2}){0,2}')),
    note VARCHAR,
    PRIMARY KEY (source_id, freq, period, group_code, flow)
);

-- restated by: source_id, year, flow
-- one row per year, partner and flow of an annual partner history
CREATE TABLE fact.partner_year (
    source_id VARCHAR,
    year INTEGER CHECK (year BETWEEN 1900 AND 2100),
    partner VARCHAR,
    partner_name VARCHAR,
    flow VARCHAR CHECK (flow IN ('export', 'import')),
    value_usd DOUBLE,
    value_cny DOUBLE,
    quality VARCHAR NOT NULL CHECK (quality IN ('reported', 'implied', 'mirror', 'converted')),
    relative_error_pct DOUBLE,
    note VARCHAR,
    PRIMARY KEY (source_id, year, partner, partner_name, flow)
);

-- restated by: source_id, reporter, freq, period, flow, currency
-- one row per reporter, period, flow and partner as a source other than the yuan tables of customs reports it
CREATE TABLE fact.trade_flow (
    source_id VARCHAR,
    reporter VARCHAR CHECK (regexp_full_match(reporter, '[A-Z]{3}')),
    freq VARCHAR CHECK (freq IN ('A', 'Q', 'M', 'YTD')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}(-(\d{2}|Q[1-4]))?')),
    flow VARCHAR CHECK (flow IN ('export', 'import')),
    partner VARCHAR CHECK (regexp_full_match(partner, '[A-Z]{3}')),
    currency VARCHAR CHECK (regexp_full_match(currency, '[A-Z]{3}')),
    value DOUBLE NOT NULL,
    growth_pct DOUBLE,
    quality VARCHAR NOT NULL CHECK (quality IN ('reported', 'derived', 'converted', 'implied', 'mirror')),
    published VARCHAR CHECK (regexp_full_match(published, '\d{4}(-\d{2}){0,2}')),
    note VARCHAR,
    PRIMARY KEY (source_id, reporter, freq, period, flow, partner, currency)
);

-- one row per commodity of the customs tables
CREATE TABLE fact.product (
    source_id VARCHAR NOT NULL,
    product VARCHAR PRIMARY KEY CHECK (regexp_full_match(product, '[a-z0-9][a-z0-9-]*')),
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    product_group VARCHAR NOT NULL,
    overlapping BOOLEAN NOT NULL,
    note VARCHAR
);

-- one row per flow and commodity: its place in the printed hierarchy
CREATE TABLE fact.product_parent (
    source_id VARCHAR NOT NULL,
    flow VARCHAR CHECK (flow IN ('export', 'import')),
    product VARCHAR,
    parent VARCHAR,
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (flow, product)
);

-- restated by: source_id, list, freq, period, flow
-- one row per period, flow and commodity of the customs tables of main or detailed commodities
CREATE TABLE fact.commodity_trade (
    source_id VARCHAR,
    list VARCHAR CHECK (list IN ('main', 'detail')),
    freq VARCHAR CHECK (freq IN ('M', 'YTD')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}-\d{2}')),
    flow VARCHAR CHECK (flow IN ('export', 'import')),
    product VARCHAR,
    value_cny_100m DOUBLE,
    value_prev_cny_100m DOUBLE,
    growth_pct DOUBLE,
    quantity DOUBLE,
    quantity_unit VARCHAR,
    quantity_growth_pct DOUBLE,
    quality VARCHAR NOT NULL CHECK (quality IN ('reported', 'derived')),
    note VARCHAR,
    PRIMARY KEY (source_id, list, freq, period, flow, product)
);

-- one row per chapter of the Harmonized System (HS), with its section
CREATE TABLE fact.hs_chapter (
    source_id VARCHAR NOT NULL,
    chapter VARCHAR PRIMARY KEY CHECK (regexp_full_match(chapter, '\d{2}')),
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    section VARCHAR NOT NULL CHECK (regexp_full_match(section, '[IVX]+')),
    section_en VARCHAR NOT NULL,
    section_zh VARCHAR NOT NULL
);

-- one row per chapter and section of the Harmonized System: our short name for headlines and labels
CREATE TABLE fact.hs_short_name (
    source_id VARCHAR NOT NULL,
    code VARCHAR PRIMARY KEY CHECK (regexp_full_match(code, '\d{2}|[IVX]+')),
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL
);

-- one row per chapter and set of coarse goods: the nine groups of chapters, and the sixteen sectors of the World Bank
CREATE TABLE fact.hs_group (
    source_id VARCHAR NOT NULL,
    scheme VARCHAR CHECK (scheme IN ('group', 'sector')),
    chapter VARCHAR CHECK (regexp_full_match(chapter, '\d{2}')),
    code VARCHAR NOT NULL CHECK (regexp_full_match(code, '[a-z]+|\d{2}-\d{2}')),
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    PRIMARY KEY (scheme, chapter)
);

-- one row per headline good and HS code that contains it: the goods named in the account of trade, with our short names
CREATE TABLE fact.headline_good (
    source_id VARCHAR NOT NULL,
    good VARCHAR CHECK (regexp_full_match(good, '[a-z][a-z-]*')),
    product VARCHAR CHECK (regexp_full_match(product, '\d{4}(\d{2})?')),
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    PRIMARY KEY (product)
);

-- one row per edition of the Harmonized System and heading or subheading: its title
CREATE TABLE fact.hs_title (
    source_id VARCHAR,
    classification VARCHAR CHECK (regexp_full_match(classification, 'HS\d{4}')),
    product VARCHAR CHECK (regexp_full_match(product, '\d{4}(\d{2})?')),
    name_en VARCHAR NOT NULL,
    PRIMARY KEY (classification, product)
);

-- restated by: source_id, classification, reporter, freq, period, flow
-- Partner WLD is all partners together, reporter WLD all economies together (quality derived: their sum, computed here). A source
-- gives partners or WLD, never both, and codes of one level, so that nothing is added up twice.
-- one row per classification, reporter, period, flow, partner and HS code (or section, group, sector): dollars
CREATE TABLE fact.product_trade (
    source_id VARCHAR,
    classification VARCHAR CHECK (regexp_full_match(classification, 'HS(\d{4})?')),
    reporter VARCHAR CHECK (regexp_full_match(reporter, '[A-Z]{3}')),
    freq VARCHAR CHECK (freq IN ('A', 'M')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}(-\d{2})?')),
    flow VARCHAR CHECK (flow IN ('export', 'import')),
    partner VARCHAR CHECK (regexp_full_match(partner, '[A-Z]{3}')),
    product VARCHAR CHECK (regexp_full_match(product, '\d{2}(\d{2}){0,2}|[IVX]+|[a-z]+|\d{2}-\d{2}')),
    value_usd DOUBLE NOT NULL CHECK (value_usd >= 0),
    quality VARCHAR NOT NULL CHECK (quality IN ('reported', 'reconciled', 'derived')),
    PRIMARY KEY (source_id, classification, reporter, freq, period, flow, partner, product) -- without an index
);

-- Means of the years that the period names. An importer is listed only for goods that it buys from the exporter.
-- one row per exporter, importer and HS6 code: a year's exports, and what the importer buys of the good from the world
CREATE TABLE fact.product_purchase (
    source_id VARCHAR,
    classification VARCHAR CHECK (regexp_full_match(classification, 'HS\d{4}')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}/\d{4}')),
    exporter VARCHAR CHECK (regexp_full_match(exporter, '[A-Z]{3}')),
    importer VARCHAR CHECK (regexp_full_match(importer, '[A-Z]{3}')),
    product VARCHAR CHECK (regexp_full_match(product, '\d{6}')),
    value_usd DOUBLE NOT NULL CHECK (value_usd >= 0),
    market_usd DOUBLE NOT NULL CHECK (market_usd >= 0),
    PRIMARY KEY (source_id, classification, period, exporter, importer, product) -- without an index
);

-- restated by: source_id, indicator
-- one row per indicator, economy and year of a collection of indicators: empty until such data are loaded
CREATE TABLE fact.indicator (
    source_id VARCHAR,
    indicator VARCHAR,
    economy VARCHAR CHECK (regexp_full_match(economy, '[A-Z]{3}')),
    year INTEGER CHECK (year BETWEEN 1900 AND 2100),
    indicator_value DOUBLE NOT NULL,
    PRIMARY KEY (source_id, indicator, economy, year)
);

-- restated by: year
-- one row per year, exporter and importer of the world's exports; one source a year, never mixed
CREATE TABLE fact.bilateral_export (
    source_id VARCHAR NOT NULL,
    year INTEGER CHECK (year BETWEEN 1900 AND 2100),
    exporter VARCHAR,
    importer VARCHAR,
    value_usd DOUBLE NOT NULL CHECK (value_usd >= 0),
    PRIMARY KEY (year, exporter, importer) -- without an index
);

-- one row per year, exporter and rank: the largest destinations of some exporters (partial)
CREATE TABLE fact.top_destination (
    source_id VARCHAR,
    year INTEGER CHECK (year BETWEEN 1900 AND 2100),
    exporter VARCHAR,
    rank INTEGER,
    partner VARCHAR NOT NULL,
    value_usd DOUBLE NOT NULL,
    share_pct DOUBLE,
    exporter_total_usd DOUBLE,
    printed_value_usd DOUBLE NOT NULL,
    halved BOOLEAN NOT NULL,
    rank_certain BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (source_id, year, exporter, rank)
);

-- one row per year, exporter and rank: shares of the largest destinations (partial)
CREATE TABLE fact.destination_share (
    source_id VARCHAR,
    year INTEGER CHECK (year BETWEEN 1900 AND 2100),
    exporter VARCHAR,
    rank INTEGER,
    partner VARCHAR,
    partner_name VARCHAR NOT NULL,
    share_pct DOUBLE CHECK (share_pct BETWEEN 0 AND 100),
    edition VARCHAR NOT NULL,
    PRIMARY KEY (source_id, year, exporter, rank)
);

-- one row per official statement and page
CREATE TABLE fact.claim (
    source_id VARCHAR NOT NULL,
    claim_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(claim_id, '[a-z0-9][a-z0-9-]*')),
    topic VARCHAR NOT NULL,
    statement_en VARCHAR NOT NULL,
    statement_zh VARCHAR,
    quote VARCHAR,
    period VARCHAR NOT NULL,
    official_value DOUBLE,
    unit VARCHAR NOT NULL,
    bound VARCHAR NOT NULL CHECK (bound IN ('equal', 'at least', 'over', 'nearly', 'about', 'yes')),
    printed VARCHAR,
    speaker VARCHAR,
    source_title VARCHAR NOT NULL,
    source_url VARCHAR,
    published VARCHAR NOT NULL,
    note VARCHAR
);

-- one row per claim and reading: how the store computes what was claimed, or why it cannot; reading 1 gives the verdict
CREATE TABLE fact.claim_reading (
    source_id VARCHAR NOT NULL,
    claim_id VARCHAR,
    reading INTEGER CHECK (reading >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('measure', 'published', 'released', 'missing', 'quoted')),
    unlike VARCHAR CHECK (regexp_full_match(unlike, '(definition|period|vintage)( (definition|period|vintage))*')),
    measure VARCHAR,
    params VARCHAR,
    pick VARCHAR,
    pick_row VARCHAR,
    scale DOUBLE,
    definition_en VARCHAR NOT NULL,
    definition_zh VARCHAR,
    reason_en VARCHAR,
    reason_zh VARCHAR,
    PRIMARY KEY (claim_id, reading)
);

-- one row per forecast as published
CREATE TABLE fact.forecast (
    source_id VARCHAR,
    forecaster VARCHAR,
    publication VARCHAR NOT NULL,
    publication_date VARCHAR CHECK (regexp_full_match(publication_date, '\d{4}(-\d{2}){0,2}')),
    variable VARCHAR,
    year INTEGER,
    value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    source_title VARCHAR NOT NULL,
    source_url VARCHAR,
    published VARCHAR,
    note VARCHAR,
    seq INTEGER,
    PRIMARY KEY (source_id, forecaster, publication_date, variable, year, seq)
);

-- one row per dated policy event
CREATE TABLE fact.policy_event (
    source_id VARCHAR,
    date VARCHAR CHECK (regexp_full_match(date, '\d{4}(-\d{2}){0,2}')),
    event VARCHAR,
    detail VARCHAR,
    imposed_by VARCHAR CHECK (regexp_full_match(imposed_by, '[A-Z]{3}')),
    concerns VARCHAR,
    topic VARCHAR NOT NULL CHECK (topic IN ('tariff', 'export control', 'law', 'rebate', 'zero tariff', 'agreement', 'programme')),
    source_title VARCHAR NOT NULL,
    source_url VARCHAR,
    published VARCHAR,
    note VARCHAR,
    PRIMARY KEY (source_id, date, event)
);

-- one row per category of trade in services, with its Chinese name; an overlapping one contains parts of others
CREATE TABLE fact.service_item (
    source_id VARCHAR NOT NULL,
    item VARCHAR PRIMARY KEY,
    name_zh VARCHAR NOT NULL,
    overlapping BOOLEAN NOT NULL
);

-- one row per economy or group of economies of the indices of volume and unit value
CREATE TABLE fact.index_area (
    source_id VARCHAR NOT NULL,
    area VARCHAR PRIMARY KEY CHECK (regexp_full_match(area, '[A-Z]{3}|[a-z][a-z0-9-]*')),
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL
);

-- restated by: source_id
-- one row per aspect, area, period and flow of an index of merchandise trade; a later issue replaces the whole series
CREATE TABLE fact.trade_index (
    source_id VARCHAR,
    aspect VARCHAR CHECK (aspect IN ('volume', 'unit value', 'terms of trade')),
    area VARCHAR,
    freq VARCHAR CHECK (freq IN ('A', 'M')),
    period VARCHAR CHECK (regexp_full_match(period, '\d{4}(-\d{2})?')),
    flow VARCHAR CHECK (flow IN ('export', 'import', 'total')),
    series VARCHAR NOT NULL,
    base_year INTEGER NOT NULL CHECK (base_year BETWEEN 1900 AND 2100),
    adjusted BOOLEAN NOT NULL,
    index_value DOUBLE NOT NULL CHECK (index_value > 0),
    PRIMARY KEY (source_id, aspect, area, freq, period, flow)
);

-- restated by: source_id, kind, importer, exporter
-- one row per source, kind, importer, exporter and date: a tariff as the source states it for that day
CREATE TABLE fact.tariff_rate (
    source_id VARCHAR,
    kind VARCHAR CHECK (kind IN ('average', 'added', 'coverage')),
    date VARCHAR CHECK (regexp_full_match(date, '\d{4}(-\d{2}){0,2}')),
    importer VARCHAR CHECK (regexp_full_match(importer, '[A-Z]{3}')),
    exporter VARCHAR CHECK (regexp_full_match(exporter, '[A-Z]{3}|world|others')),
    rate_pct DOUBLE NOT NULL CHECK (rate_pct >= 0),
    announced BOOLEAN NOT NULL,
    source_title VARCHAR NOT NULL,
    source_url VARCHAR,
    published VARCHAR CHECK (regexp_full_match(published, '\d{4}(-\d{2}){0,2}')),
    note VARCHAR,
    PRIMARY KEY (source_id, kind, date, importer, exporter)
);

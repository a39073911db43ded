-- one row per economy, customs area or residual, with its names, codes, continents and how a map can show it
SELECT economy, kind, iso2, m49, name_en, name_zh, customs_continent, continent, longitude, latitude, drawn, note
FROM fact.economy

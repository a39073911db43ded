"""The reference tables agree with the standards, and every code in the facts is known."""

from __future__ import annotations

import json

import pycountry
import pytest

from trade import paths
from trade.store import Store

WITHOUT_ISO_NUMBER = {"XKX"}
"""Economies that ISO 3166-1 does not list: Kosovo, by its customary code."""

CODE_COLUMNS = [
    ("partner_trade", "partner"),
    ("partner_year", "partner"),
    ("bilateral_export", "exporter"),
    ("bilateral_export", "importer"),
    ("top_destination", "exporter"),
    ("top_destination", "partner"),
    ("destination_share", "exporter"),
    ("destination_share", "partner"),
    ("group_member", "economy"),
]


def test_economies_agree_with_iso_3166(real: Store) -> None:
    table = real.query("SELECT economy, iso2, m49 FROM economy WHERE kind = 'economy'").set_index("economy")
    for country in pycountry.countries:
        assert table.loc[country.alpha_3, "iso2"] == country.alpha_2
        assert int(table.loc[country.alpha_3, "m49"]) == int(country.numeric)
    assert set(table.index) - {country.alpha_3 for country in pycountry.countries} == WITHOUT_ISO_NUMBER


@pytest.mark.parametrize(("table", "column"), CODE_COLUMNS)
def test_every_code_is_in_the_table_of_economies(real: Store, table: str, column: str) -> None:
    unknown = real.query(
        f"SELECT DISTINCT {column} AS code FROM fact.{table} WHERE {column} NOT IN (SELECT economy FROM fact.economy)"
    )
    assert unknown["code"].tolist() == []


def test_every_partner_of_the_customs_table_has_a_continent(real: Store) -> None:
    left = real.query(
        "SELECT DISTINCT partner FROM partner_month JOIN economy ON economy.economy = partner"
        " WHERE customs_continent IS NULL ORDER BY 1"
    )
    assert left["partner"].tolist() == ["XXU"], "only the unallocated row belongs to no continent"


def test_polygons_and_points_are_what_the_map_file_holds(real: Store) -> None:
    path = paths.PROJECT / "static/topojson/world_50m.json"
    features = json.loads(path.read_text(encoding="utf-8"))["objects"]["countries"]["geometries"]
    drawn = {feature.get("id") for feature in features}
    table = real.query("SELECT economy, drawn, longitude, latitude FROM economy")
    assert set(table.loc[table["drawn"] == "polygon", "economy"]) <= drawn
    points = table[table["drawn"] == "point"]
    assert points[["longitude", "latitude"]].notna().all().all(), "a symbol needs a place"


def test_small_economies_can_be_shown(real: Store) -> None:
    """At 110m Hong Kong, Macao, Singapore and Malta would vanish."""
    shown = real.query("SELECT economy, drawn FROM economy").set_index("economy")["drawn"]
    for code in ("HKG", "MAC", "SGP", "MLT", "BHR", "MDV", "TUV"):
        assert shown[code] in ("polygon", "point")


def test_the_european_union_has_27_members_and_had_28(real: Store) -> None:
    def members(day: str) -> int:
        frame = real.query(
            "SELECT count(*) AS n FROM group_member WHERE group_code = 'eu' AND valid_from <= CAST($day AS DATE)"
            " AND (valid_to IS NULL OR valid_to >= CAST($day AS DATE))",
            {"day": day},
        )
        return int(frame["n"][0])

    assert members("2025-12-31") == 27
    assert members("2019-12-31") == 28
    assert members("2012-12-31") == 27


def test_every_file_is_described_and_every_fact_has_its_source(real: Store) -> None:
    sources = set(real.query("SELECT source_id FROM fact.source")["source_id"])
    files = real.query("SELECT * FROM fact.source_file")
    assert set(files["source_id"]) <= sources
    tables = real.query(
        "SELECT DISTINCT table_name FROM duckdb_columns() WHERE schema_name = 'fact' AND column_name = 'source_id'"
    )
    for table in set(tables["table_name"]) - {"source"}:
        stray = real.query(f"SELECT DISTINCT source_id FROM fact.{table}")["source_id"]
        assert set(stray) <= sources, table

"""The data package has every table with all its rows, and its contents match their description.

The tests check it by the rules of Data Package 2.0 and Table Schema: types, required cells, keys, references, digests.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.support.tiny_store import tiny_store
from trade import paths
from trade.cli.commands import app
from trade.errors import TradeError
from trade.export import datapackage
from trade.sources import find_sources
from trade.store import Store
from trade.store.table_contracts import column_comments, fact_contracts
from trade.store.table_introspection import tables

READS: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}
Rows = list[dict[str, str]]


REFERENCE = find_sources(paths.data())["reference"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The tiny store, and the real source of its names of economies."""
    fields = {name: value for name, value in REFERENCE.model_dump().items() if name in fact_contracts()["source"].names}
    row = fields | {"source_id": "reference", "warnings": " ".join(REFERENCE.warnings)}
    return tiny_store(tmp_path_factory.mktemp("small"), {"source": [row]}, described=True)


@pytest.fixture(scope="module")
def package(small: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "package"
    datapackage.write_folder(small, folder)
    return folder


@pytest.fixture(scope="module")
def descriptor(package: Path) -> dict[str, Any]:
    return json.loads((package / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows(package: Path, descriptor: dict[str, Any]) -> dict[str, Rows]:
    by_table = {}
    for one in descriptor["resources"]:
        with (package / one["path"]).open(encoding="utf-8", newline="") as file:
            by_table[one["name"]] = list(csv.DictReader(file))
    return by_table


def test_the_package_is_described_as_the_standard_asks(descriptor: dict[str, Any]) -> None:
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[-a-z0-9._/]+", descriptor["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+\+\w+", descriptor["version"]), "a version of Semantic Versioning"
    assert descriptor["licenses"][0]["path"] == "README.md"
    names = [one["name"] for one in descriptor["resources"]]
    assert len(names) == len(set(names))
    for one in descriptor["resources"]:
        assert re.fullmatch(r"[-a-z0-9._/]+", one["name"])
        assert not one["path"].startswith(("/", ".", "http"))
        assert one["description"]
        fields = [field["name"] for field in one["schema"]["fields"]]
        assert len(fields) == len(set(fields))
        assert set(one["schema"].get("primaryKey", ())) <= set(fields)


def test_every_file_is_there_and_is_the_one_described(
    package: Path, descriptor: dict[str, Any], rows: dict[str, Rows]
) -> None:
    listed = {one["path"] for one in descriptor["resources"]}
    assert {path.name for path in package.iterdir()} == listed | {"datapackage.json", "README.md"}
    for one in descriptor["resources"]:
        content = (package / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["rows"] == len(rows[one["name"]])


def test_every_row_of_every_table_is_there_with_its_values(small: Store, rows: dict[str, Rows]) -> None:
    for table in tables(small):
        assert len(rows[table.name]) == small.query(f"SELECT count(*) AS n FROM {table.name}")["n"].iloc[0], table.name
    stored = small.query("SELECT exporter, importer, year, value_usd FROM fact.bilateral_export")
    packaged = {
        (one["exporter"], one["importer"], int(one["year"])): float(one["value_usd"])
        for one in rows["fact.bilateral_export"]
    }
    assert packaged == {tuple(row[:3]): row[3] for row in stored.itertuples(index=False)}
    assert len(packaged) > 5


def test_every_cell_is_of_its_type_and_required_ones_are_filled(
    descriptor: dict[str, Any], rows: dict[str, Rows]
) -> None:
    for one in descriptor["resources"]:
        for field in one["schema"]["fields"]:
            cells = [row[field["name"]] for row in rows[one["name"]]]
            for cell in cells:
                if cell:
                    READS[field["type"]](cell)
            if field.get("constraints", {}).get("required"):
                assert all(cells), (one["name"], field["name"])


def test_keys_are_unique_and_references_lead_somewhere(descriptor: dict[str, Any], rows: dict[str, Rows]) -> None:
    found = 0
    for one in descriptor["resources"]:
        table_rows, schema = rows[one["name"]], one["schema"]
        if key := schema.get("primaryKey"):
            values = [tuple(row[name] for name in key) for row in table_rows]
            assert len(values) == len(set(values)), one["name"]
        for link in schema.get("foreignKeys", ()):
            (column,), (other,) = link["fields"], link["reference"]["fields"]
            known = {row[other] for row in rows[link["reference"]["resource"]]}
            assert {row[column] for row in table_rows if row[column]} <= known, (one["name"], column)
            found += bool(table_rows)
    assert found > 10


def test_the_real_tables_refer_to_what_they_name(real: Store) -> None:
    """In the bundled facts, columns that hold keys of another table are declared as references to it."""
    found = tables(real)
    known = {table.name: {link.column for link in table.references} for table in found}
    assert {"source_id", "exporter", "importer"} <= known["fact.bilateral_export"]
    assert {"source_id", "partner"} <= known["fact.partner_trade"] & known["partner_month"]
    assert {"source_id", "product", "parent"} <= known["fact.product_parent"]
    assert {"source_id", "group_code", "economy"} <= known["fact.group_member"]
    assert "claim_id" in known["fact.claim_reading"]
    assert all(table.key for table in found)
    assert {column.type for table in found for column in table.columns} <= set(datapackage._TYPES)


def test_columns_and_tables_are_explained_and_sources_carry_their_terms(
    descriptor: dict[str, Any], package: Path
) -> None:
    for one in descriptor["resources"]:
        for field in one["schema"]["fields"]:
            assert field["description"] == column_comments()[field["name"]]
    (source,) = (one for one in descriptor["sources"] if one["citation"] == REFERENCE.citation)
    assert (source["licence"], source["accessed"]) == (REFERENCE.licence, REFERENCE.accessed)
    assert source["path"] == REFERENCE.url
    assert REFERENCE.licence in (package / "README.md").read_text(encoding="utf-8")


def test_the_zip_holds_the_same_files_and_is_always_the_same(small: Store, package: Path) -> None:
    content = datapackage.as_zip(small)
    assert content == datapackage.as_zip(small)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        zipped = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert zipped == {path.name: path.read_bytes() for path in package.iterdir()}


def test_nothing_is_written_over(small: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(TradeError, match="already exists and is not an empty folder"):
        datapackage.write_folder(small, tmp_path)
    (tmp_path / "file").write_text("kept")
    with pytest.raises(TradeError, match="already exists"):
        datapackage.write_folder(small, tmp_path / "file")
    with pytest.raises(TradeError, match="cannot be written"):
        datapackage.write_folder(small, tmp_path / "file" / "below")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "mine.txt"]


def test_a_package_that_fails_half_way_leaves_nothing(
    small: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(datapackage, "_readme", full)
    with pytest.raises(TradeError, match="No space left on device"):
        datapackage.write_folder(small, tmp_path / "package")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("real")
def test_the_command_writes_the_bundled_store(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "datapackage", str(tmp_path / "all")])
    assert result.exit_code == 0, result.output
    descriptor = json.loads((tmp_path / "all" / "datapackage.json").read_text(encoding="utf-8"))
    sizes = {one["name"]: one["rows"] for one in descriptor["resources"]}
    assert sizes["fact.bilateral_export"] > 900_000
    assert f"{sum(sizes.values()):,} rows" in result.stdout
    with (tmp_path / "all" / "fact.bilateral_export.csv").open() as file:
        assert sum(1 for _ in file) == sizes["fact.bilateral_export"] + 1
    again = CliRunner().invoke(app, ["export", "datapackage", str(tmp_path / "all")])
    assert again.exit_code == 1
    assert "name another" in again.output

"""Columns are described once: the charts, tables, sentences and files read the same entries."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.charts import column_roles
from trade.column_metadata import columns
from trade.store.schema_fingerprint import rule_hashes
from trade.store.table_contracts import HERE, column_comments
from trade.text.catalog import MEANINGS, SOURCE, table, words
from trade.text.formats import LANGUAGES


@pytest.mark.parametrize("name", columns())
def test_an_entry_is_well_put(name: str) -> None:
    column = columns()[name]
    assert column.meaning.endswith(".")
    assert column_comments()[name] == column.meaning
    assert column.unit in ("", "currency")
    assert not (column.is_amount and name.endswith(("_usd", "_cny", "_pct", "_pp"))), "the name bears the unit already"
    assert not (column.is_amount and (column.technical or not column.plotted)), "an amount can be drawn"


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != SOURCE])
def test_columns_and_tables_are_described_in_every_language(lang: str) -> None:
    """Explore shows both beside a query; a text without a translation would be shown in English."""
    paths = (HERE / line.split()[0] for line in rule_hashes())
    lines = [line for path in paths if path.suffix == ".sql" for line in path.read_text(encoding="utf-8").splitlines()]
    tables = {line.removeprefix("-- ") for line in lines if line.startswith("-- one row")}
    assert len(tables) > 60
    assert {column.meaning for column in columns().values()} | tables <= set(table(MEANINGS, lang))


@pytest.mark.parametrize("name", [name for name, column in columns().items() if column.is_amount])
def test_the_heading_of_an_amount_names_its_unit(name: str) -> None:
    for lang in LANGUAGES:
        assert "{unit}" in words(lang)[f"column.{name}"]


def test_charts_leave_out_what_is_neither_drawn_nor_a_name() -> None:
    frame = pd.DataFrame({"period": ["2025"], "value": [1.0], "longitude": [2.0], "note": ["x"], "market": ["USA"]})
    assert column_roles.numbers(frame) == ["value"]
    assert column_roles.dimensions(frame) == ["period", "market"]


@pytest.mark.parametrize(
    ("name", "adds"), [("value", True), ("contribution_pp", True), ("value_cny", True), ("hhi", False), ("rank", False)]
)
def test_sums(name: str, adds: bool) -> None:
    assert column_roles.adds_up(name) is adds

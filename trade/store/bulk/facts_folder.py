"""A folder of HS facts as Parquet: its layout, its source, and the SQL that turns it into hs_fact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from trade.errors import FactError, either
from trade.sources.un_codes import economies_by_number
from trade.store.bulk.input_schemas import Layout, layouts
from trade.store.bulk.parquet_footers import Footer, of_bytes, read_footers

_EDITION = re.compile(r"HS(\d\d)(?!\d)")
_VERSION = re.compile(r"V(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_KINDS = {
    "INTEGER": (pa.types.is_integer, "bulk.whole_numbers"),
    "DOUBLE": (lambda kind: pa.types.is_floating(kind) or pa.types.is_integer(kind), "bulk.numbers"),
    "VARCHAR": (lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind), "bulk.text"),
}


@dataclass(frozen=True)
class Facts:
    """Files of one layout. `numbers` maps the numeric codes of known economies to our codes."""

    folder: Path
    layout: Layout
    files: tuple[Footer, ...]
    numbers: Mapping[int, str]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def paths(self) -> list[str]:
        return [str(file.path.resolve()) for file in self.files]

    @property
    def source_id(self) -> str:
        return str(self.source["source_id"])

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all bytes, the source and the codes of economies, which is part of the version of a store."""
        return of_bytes(self.files, self.source, list(self.numbers.items()))

    @cached_property
    def source(self) -> dict[str, Any]:
        """A row of fact.source. Files marked as synthetic get a source that says so."""
        fields = dict(self.layout.source)
        days = sorted(file.changed for file in self.files)
        versions = sorted(f"{match[1]}-{match[2]}" for file in self.files if (match := _VERSION.search(file.name)))
        fields |= {"published": (versions or days)[-1], "accessed": days[-1], "warnings": " ".join(fields["warnings"])}
        fields["coverage"] = f"{self.rows:,} rows in {len(self.files):,} files"
        if any(file.synthetic for file in self.files):
            fields |= {
                "source_id": "synthetic_bulk",
                "producer": "Nobody: made up for measuring",
                "title": f"SYNTHETIC: made-up facts in the layout of {self.layout.title}",
                "citation": "benchmarks/synthetic_facts.py of this project; no figure is anybody's trade",
                "licence": "none",
            }
        return fields

    @property
    def classification(self) -> str:
        """HS and the year of the edition in the files' names (HS17 is HS2017); HS if they name none."""
        names = [file.name for file in self.files] if self.layout.edition_in_names else []
        editions = {match[1] for name in names if (match := _EDITION.search(name))}
        if len(editions) > 1:
            listed = ", ".join(f"HS{year}" for year in sorted(editions))
            raise FactError(
                str(self.folder), "bulk.several_editions", value=listed, remedy="bulk.folder_each",
            )  # fmt: skip
        edition = next(iter(editions), "")
        return f"HS{'19' if edition >= '88' else '20'}{edition}" if edition else "HS"

    def hs_row(self, *more: str) -> str:
        """SQL over hs_file (the raw files): `more`, source, classification, and the layout's columns in its types."""
        by_name = _by_name(self.files[0].columns)
        kinds = dict(self.layout.columns) | {name: kind for name, (kind, _) in self.layout.optional.items()}
        columns = [
            f"CAST({self._cell(name, *by_name[name])} AS {kind}) AS {name}"
            for name, kind in kinds.items()
            if name in by_name
        ]
        absent = [
            f"CAST('{value}' AS {kind}) AS {name}"
            for name, (kind, value) in self.layout.optional.items()
            if name not in by_name
        ]
        constants = [f"'{self.source_id}' AS source_id", f"'{self.classification}' AS classification"]
        return f"SELECT {', '.join([*more, *constants, *columns, *absent])} FROM hs_file"

    @property
    def hs_number(self) -> str:
        """SQL for the table of numeric codes of economies and our codes."""
        rows = ", ".join(f"({number}, '{code}')" for number, code in self.numbers.items())
        return f"SELECT number, economy FROM (VALUES {rows}) AS known(number, economy)"

    def _cell(self, name: str, written: str, kind: pa.DataType) -> str:
        """SQL for a column under its name in the file; codes stored as numbers get their leading zeros back."""
        digits = self.layout.as_numbers.get(name, 0)
        if not digits or not pa.types.is_integer(kind):
            return f'"{written}"'
        return f"LPAD(CAST(\"{written}\" AS VARCHAR), {digits}, '0')"


def open_facts(folder: Path, data: Path) -> Facts:
    """Open a folder of facts; `data` has the reference tables. Reads footers only.

    Raises:
        FactError: a file is damaged, or the files lack columns of a layout or have them in other types.
    """
    files = read_footers(folder)
    layout = _layout(files)
    for file in files:
        _check(file, layout, files[0])
    facts = Facts(folder, layout, tuple(file for file in files if file.rows), economies_by_number(data))
    if not facts.files:
        raise FactError(str(folder), "bulk.no_row", remedy="bulk.name_facts")
    _ = facts.classification
    return facts


def _layout(files: Sequence[Footer]) -> Layout:
    columns = _by_name(files[0].columns)
    for layout in layouts():
        if not layout.columns.keys() - columns.keys():
            return layout
    raise FactError(
        files[0].name,
        "bulk.no_layout",
        value=", ".join(files[0].columns),
        expected="bulk.layouts",
        remedy="bulk.rename_columns",
        layouts=either([f"{', '.join(known.columns)} ({known.title})" for known in layouts()]),
    )  # fmt: skip


def _check(file: Footer, layout: Layout, first: Footer) -> None:
    columns = _by_name(file.columns)
    remedy = "bulk.write_alike"
    for name, kind in layout.columns.items():
        if name not in columns:
            raise FactError(file.name, "bulk.no_column_of", remedy=remedy, column=name, layout=layout.title)
        fits, need = _KINDS[kind]
        column_type = columns[name][1]
        if not (fits(column_type) or (name in layout.as_numbers and pa.types.is_integer(column_type))):
            raise FactError(file.name, "bulk.other_type", value=column_type, expected=need, remedy=remedy, column=name)
    if columns != _by_name(first.columns):
        raise FactError(file.name, "bulk.other_columns", remedy=remedy, first=first.name)


def _by_name(columns: Mapping[str, pa.DataType]) -> dict[str, tuple[str, pa.DataType]]:
    """Columns by their spelling in the layouts, matched without regard to case: (name in the file, type)."""
    spelt = {name.lower(): name for layout in layouts() for name in [*layout.columns, *layout.optional]}
    return {spelt.get(name.lower(), name): (name, kind) for name, kind in columns.items()}

"""The supported layouts of HS facts in Parquet. Each has an SQL file, and a TOML file with its columns and source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LAYOUTS = Path(__file__).parent / "layouts"


@dataclass(frozen=True)
class Layout:
    """A layout: its columns with their types, and `sql`, which makes hs_fact from hs_row and hs_number."""

    name: str
    title: str
    edition_in_names: bool
    """Whether the HS edition is in the names of the files instead of a column."""
    slice: str
    """The column of the year or month: the marts are built one value of it at a time."""
    value: str
    code: str
    numbers: tuple[str, ...]
    """Columns with numeric codes of economies."""
    columns: Mapping[str, str]
    as_numbers: Mapping[str, int]
    """Text columns that files may store as whole numbers: the number of digits to pad to, 0 for no padding."""
    optional: Mapping[str, tuple[str, str]]
    """Column: (type, default where files lack the column)."""
    source: Mapping[str, Any]
    sql: str


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout, by name."""
    return tuple(_read(path) for path in sorted(LAYOUTS.glob("*.toml")))


def _read(path: Path) -> Layout:
    fields = tomllib.loads(path.read_text(encoding="utf-8"))
    optional = {name: (kind, value) for name, (kind, value) in fields.pop("optional", {}).items()}
    numbers = tuple(fields.pop("numbers"))
    sql = path.with_suffix(".sql").read_text(encoding="utf-8")
    return Layout(name=path.stem, numbers=numbers, optional=optional, sql=sql, **fields)

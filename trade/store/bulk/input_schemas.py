"""The layouts of HS facts that are read as Parquet: a file of SQL and one that names columns and source, per layout."""

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
    """A layout: its columns with the types they are read as, and `sql`, which makes hs_fact of hs_row and hs_number."""

    name: str
    title: str
    edition_in_names: bool
    """The names of files, not a column, tell the edition of the HS."""
    slice: str
    """The column that parts the facts by time: the marts are made a value of it at a time."""
    value: str
    code: str
    numbers: tuple[str, ...]
    """Columns that hold numbers of economies."""
    columns: Mapping[str, str]
    as_numbers: Mapping[str, int]
    """Columns of text that files may hold as whole numbers: the digits of the text, 0 for as many as there are."""
    optional: Mapping[str, tuple[str, str]]
    """Column: (type, value where a file has no such column)."""
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

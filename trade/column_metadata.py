"""Meaning, unit, decimals and role of columns of tables and measures, read from `store/columns.toml`.

A column name has one meaning everywhere: charts, the tables under them, sentences and files all use this description.
A unit that the column name ends with (`_usd`, `_cny`, `_pct`, `_pp`) is not repeated.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FILE = Path(__file__).parent / "store" / "columns.toml"


@dataclass(frozen=True)
class Column:
    """The description of all columns of one name.

    Args:
        unit: "currency" for amounts in full units of the result's currency; else empty.
        decimals: shown in tables. sentence_decimals: written in sentences.
        adds: a sum over rows is meaningful, as it always is for amounts.
        technical: only in files, not in charts and the tables under them.
        plotted: may be drawn in a chart or distinguish its rows.
    """

    meaning: str = ""
    unit: str = ""
    decimals: int = 1
    sentence_decimals: int = 1
    adds: bool = False
    technical: bool = False
    plotted: bool = True

    @property
    def is_amount(self) -> bool:
        return self.unit == "currency"


@cache
def columns() -> Mapping[str, Column]:
    """All described columns, by name."""
    described = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType({name: _column(entry) for name, entry in described.items()})


def column(name: str) -> Column:
    """The column of that name; with defaults if it is not described."""
    return columns().get(name, Column())


def _column(entry: str | dict[str, Any]) -> Column:
    """Read an entry: the meaning alone, or a table of fields of `Column`."""
    if isinstance(entry, str):
        return Column(entry)
    decimals = entry.get("decimals", 1)
    return Column(**{"decimals": decimals, "sentence_decimals": decimals, **entry})

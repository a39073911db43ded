"""What the columns of tables and of measures' rows hold, read from `store/columns.toml`.

A name means one thing everywhere. The charts, the tables under them, sentences and files read a column's unit, decimals
and role here. Units that a column's own name bears (`_usd`, `_cny`, `_pct`, `_pp`) are not repeated.
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
    """A column of that name, wherever it stands.

    Args:
        unit: "currency" for amounts in full units of the result's currency; else empty.
        decimals: shown in tables. said_decimals: written in sentences.
        adds: a sum over rows means something. Amounts always add.
        technical: left out of the tables under charts and of charts; files have it.
        plotted: may be drawn or tell rows apart in a chart.
    """

    meaning: str = ""
    unit: str = ""
    decimals: int = 1
    said_decimals: int = 1
    adds: bool = False
    technical: bool = False
    plotted: bool = True

    @property
    def is_amount(self) -> bool:
        return self.unit == "currency"


@cache
def columns() -> Mapping[str, Column]:
    """Every column that is described, by name."""
    described = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType({name: _column(entry) for name, entry in described.items()})


def column(name: str) -> Column:
    """The column of that name; with defaults if it is not described."""
    return columns().get(name, Column())


def _column(entry: str | dict[str, Any]) -> Column:
    """An entry is the meaning alone, or a table with what else is known."""
    if isinstance(entry, str):
        return Column(entry)
    decimals = entry.get("decimals", 1)
    return Column(**{"decimals": decimals, "said_decimals": decimals, **entry})

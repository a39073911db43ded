"""The numbers and codes by which UN Comtrade names economies, levels of products and editions of the HS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trade.errors import BadParameter
from trade.sources.economy_names import Names
from trade.sources.un_codes import SPECIAL

SOURCE = "UN Comtrade"
LEVELS = {"total": ("TOTAL", 1), "chapter": ("AG2", 98), "heading": ("AG4", 1_300), "subheading": ("AG6", 6_000)}
"""By option: (code in the API, most product codes that one partner can have)."""
EDITIONS = {
    "H0": "HS1992", "H1": "HS1996", "H2": "HS2002", "H3": "HS2007", "H4": "HS2012", "H5": "HS2017", "H6": "HS2022",
}  # fmt: skip
FLOWS = {"export": "X", "import": "M"}
WORLD = 0
_REQUEST_NUMBERS = {"USA": 842, "FRA": 251, "IND": 699, "CHE": 757, "NOR": 579, "TWN": 490, "XBL": 58}


def numbers(names: Names) -> dict[str, int]:
    """The number in requests, by economy."""
    iso = {code: number for number in range(1, 1000) if (code := names.find(f"m49 {number}"))}
    return iso | _REQUEST_NUMBERS


def number(economy: str, names: Names) -> int:
    """The economy's number.

    Raises:
        BadParameter: it has none.
    """
    known = numbers(names)
    if economy not in known:
        raise BadParameter("comtrade.no_reporter", economy=economy, source=SOURCE)
    return known[economy]


def partners(names: Names) -> list[int]:
    """Every number that a partner can have, the world first."""
    return sorted({WORLD, *numbers(names).values(), *SPECIAL})


def economy(record: Mapping[str, Any], names: Names) -> str | None:
    """Our code of a record's partner; None: not known."""
    code = record["partnerCode"]
    known = SPECIAL.get(code) or names.find(str(record.get("partnerISO") or "")) or names.find(f"m49 {code}")
    return known if known and known.isupper() else None

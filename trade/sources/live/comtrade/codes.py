"""The numbers and codes by which UN Comtrade names economies, levels of products and editions of the HS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trade.errors import BadParameter
from trade.sources.names import Names

SOURCE = "UN Comtrade"
LEVELS = {"total": ("TOTAL", 1), "chapter": ("AG2", 98), "heading": ("AG4", 1_300), "subheading": ("AG6", 6_000)}
"""Option: (code of the interface, most codes that one partner can have)."""
EDITIONS = {
    "H0": "HS1992", "H1": "HS1996", "H2": "HS2002", "H3": "HS2007", "H4": "HS2012", "H5": "HS2017", "H6": "HS2022",
}  # fmt: skip
FLOWS = {"export": "X", "import": "M"}
WORLD = 0
_OWN = {
    842: "USA", 841: "USA", 251: "FRA", 699: "IND", 757: "CHE", 579: "NOR", 381: "ITA", 490: "TWN", 58: "XBL",
    472: "XAF", 577: "XAF", 568: "XEU", 492: "XEU", 697: "XEU", 473: "XLA", 636: "XLA", 637: "XNA", 527: "XOC",
    837: "XXU", 838: "XXU", 839: "XSP", 898: "XXU", 899: "XXU", 129: "XLA", 290: "XAF", 536: "XXU",
    810: "SUN", 890: "YUG", 891: "SCG", 200: "CSK", 278: "DDR", 530: "ANT", 532: "ANT",
}  # fmt: skip
"""Numbers of the UN that are not ISO numbers, and its remainders ("nes"). It gives Taiwan as 490, Other Asia."""
_ASKED_AS = {"USA": 842, "FRA": 251, "IND": 699, "CHE": 757, "NOR": 579, "TWN": 490, "XBL": 58}


def numbers(names: Names) -> dict[str, int]:
    """Economy: the number by which it is asked for."""
    iso = {code: number for number in range(1, 1000) if (code := names.find(f"m49 {number}"))}
    return iso | _ASKED_AS


def number(economy: str, names: Names) -> int:
    """The economy's number.

    Raises:
        BadParameter: it has none.
    """
    known = numbers(names)
    if economy not in known:
        raise BadParameter(f"{economy} is not an economy that reports to {SOURCE}.")
    return known[economy]


def partners(names: Names) -> list[int]:
    """Every number that a partner can have, the world first."""
    return sorted({WORLD, *numbers(names).values(), *_OWN})


def economy(record: Mapping[str, Any], names: Names) -> str | None:
    """Our code of a record's partner; None: not known."""
    code = record["partnerCode"]
    found = _OWN.get(code) or names.find(str(record.get("partnerISO") or "")) or names.find(f"m49 {code}")
    return found if found and found.isupper() else None

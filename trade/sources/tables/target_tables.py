"""The fact tables that take a user's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A fact table to fill: columns, required columns, key columns, column of figures, column of periods."""

    columns: Sequence[str]
    needed: frozenset[str]
    key: Sequence[str]
    number: str
    period: str


SHAPES = {
    "trade_flow": Shape(
        (
            "reporter",
            "partner",
            "period",
            "value",
            "flow",
            "currency",
            "freq",
            "growth_pct",
            "quality",
            "published",
            "note",
        ),
        frozenset({"reporter", "freq", "period", "flow", "partner", "currency", "value", "quality"}),
        ("reporter", "freq", "period", "flow", "partner", "currency"),
        "value",
        "period",
    ),
    "bilateral_export": Shape(
        ("year", "exporter", "importer", "value_usd"),
        frozenset({"year", "exporter", "importer", "value_usd"}),
        ("year", "exporter", "importer"),
        "value_usd",
        "year",
    ),
}
USUAL = {"reporter": "CHN", "quality": "reported"}
"""Default values of a table of flows."""
PLACES = frozenset({"reporter", "partner", "exporter", "importer"})
NUMBERS = frozenset({"value", "value_usd", "growth_pct"})
OPTIONAL = frozenset({"growth_pct", "note", "published"})

"""The fact tables that take a user's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """The fact table that is filled: its columns, those that a row must have, its key, its figure and its period."""

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
"""What a table of flows means if it does not say."""
PLACES = frozenset({"reporter", "partner", "exporter", "importer"})
NUMBERS = frozenset({"value", "value_usd", "growth_pct"})
OPTIONAL = frozenset({"growth_pct", "note", "published"})

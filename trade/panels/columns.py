"""Columns of a measure's rows in words."""

from __future__ import annotations

from trade.panels.language import say
from trade.text import formats
from trade.text.catalog import column_key


def heading(name: str, unit: str = "") -> str:
    """A column's heading in words; a column that has none yet is named by its own name."""
    key = column_key(name)
    return say(key, unit=unit) if formats.has(key) else name.replace("_", " ").capitalize()

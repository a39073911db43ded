"""Columns of a measure's rows in words."""

from __future__ import annotations

from trade.panels.language import say
from trade.text import formats


def heading(name: str, unit: str = "") -> str:
    """A column's heading in words; a column that has none yet is named by its own name."""
    key = f"column.{name.replace('name_zh', 'name_en')}"
    return say(key, unit=unit) if formats.has(key) else name.replace("_", " ").capitalize()

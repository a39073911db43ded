"""Columns of a measure's rows in words."""

from __future__ import annotations

from trade.panels.language import say
from trade.text import formats
from trade.text.catalog import column_key


def heading(name: str, unit: str = "", measure: str = "") -> str:
    """A column's heading in words; without a translation, the column name made readable.

    A `measure` in which the column means something special has a heading of its own.
    """
    own = column_key(f"{measure}_{name}")
    key = own if measure and formats.has(own) else column_key(name)
    return say(key, unit=unit) if formats.has(key) else name.replace("_", " ").capitalize()

"""Columns of a measure's rows in words."""

from __future__ import annotations

import re

from trade.panels.language import say
from trade.text import formats
from trade.text.catalog import LANGUAGES, SOURCE

_OWN_NAME = re.compile(rf"name_({'|'.join(LANGUAGES)})$")


def heading(name: str, unit: str = "") -> str:
    """A column's heading in words; a column that has none yet is named by its own name."""
    key = "column." + _OWN_NAME.sub(f"name_{SOURCE}", name)
    return say(key, unit=unit) if formats.has(key) else name.replace("_", " ").capitalize()

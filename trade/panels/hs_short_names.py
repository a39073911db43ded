"""Short names of the chapters and sections of the Harmonized System, for headlines, labels and options.

Their titles are long and often begin with the least important part (84 Nuclear reactors, boilers, machinery ...).
Tables, files and hover texts keep the full title.
"""

from __future__ import annotations

import pandas as pd

from trade.measures import entity_names
from trade.panels.language import lang
from trade.panels.run_context import store

COLUMN = "short_name"
_CODES = ("code", "product")
"""Columns that may hold codes of goods."""


def of_title(code: object, title: str) -> str:
    """The short name of a chapter or section by its code and its title; the title of anything else."""
    return entity_names.short_name(store(), code, title, lang())


def beside(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows for a chart, with a column `short_name` if any of them has a short name."""
    codes = next((name for name in _CODES if name in frame), "")
    own = f"name_{lang()}" if f"name_{lang()}" in frame else "name_en"
    if not codes or own not in frame:
        return frame
    titles = frame[own].fillna(frame["name_en"]) if "name_en" in frame else frame[own]
    known = entity_names.short_names(store(), lang())
    pairs = zip(frame[codes].tolist(), titles.tolist(), strict=True)
    short = [known.get((code, title), title) if isinstance(code, str) else title for code, title in pairs]
    return frame if short == titles.tolist() else frame.assign(**{COLUMN: short})

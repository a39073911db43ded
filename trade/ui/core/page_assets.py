"""Style sheet and scripts of every page: keyboard, print, phones, Streamlit's own texts in the page's language.

The style sheet is next to this file; the scripts are `page.js` and `brief.js`. On phones the controls above the first
chart are collapsed behind a button that shows their values. The page reserves its place under the title (`fold_here`);
the frame draws it when all controls and so their values are known (`fold`).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trade.charts.theme import PALETTES
from trade.panels import freshness, run_context
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.stories import slideshow
from trade.text import formats
from trade.text.catalog import FRONTEND, LANGUAGES, table
from trade.ui.core import appearance, filters

_HERE = Path(__file__).parent
_PLACE = "place of the folded controls"
MOST_VALUES = 5
"""Most values shown on that button."""
_UNNAMED = ("partner", "chart", "span")
BRIEFS = {
    "overview": ("map", "levels", "contribution", "growing"),
    "partner": ("balance", "standing", "months", "goods", "contribution", "mirror"),
}
"""Pages that print as a brief of one sheet, and the charts of which it has the first four that are shown."""
DRAWING = ("app/static/plotly/plotly.min.js", "app/static/slideshow/fit.js")
"""Scripts with which a page draws charts that Streamlit does not draw."""


@cache
def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def style() -> None:
    """Add the style sheet to the page, once per run."""
    palette = PALETTES[appearance.mode()]
    sheet = _file("page_assets.css").replace("ACCENT", palette.accent).replace("BACKGROUND", palette.background)
    st.html(f"<style>{sheet}</style>")


def script_data(page: str, today: date) -> dict[str, Any]:
    """What the script of the page (`page.js`) needs for these aids on the page of that name."""
    return {
        "words": {name: say(f"aids.{name}") for name in ("keys", "years", "chart", "skip")}
        | {"space": say("join.sentence")},
        "page": page,
        "site": say("site.title"),
        "day": formats.day(today.isoformat(), lang()),
        "frontend": list(table(FRONTEND, lang()).items()),
        "other": next((formats.say("language.tag", code) for code in LANGUAGES if code != lang()), ""),
        "brief": _brief(page, today) if page in BRIEFS and run_context.current().store else None,
    }


def _brief(page: str, today: date) -> dict[str, object]:
    """What `brief.js` needs beside what it reads off the page."""
    drawing = slideshow.as_dict(slideshow.of_charts(page, (), {}, lang()), "")
    drawing["words"] |= {name: say(f"aids.{name}") for name in ("brief_notes", "brief_title")}  # type: ignore[operator]
    return {"charts": BRIEFS[page], "scripts": DRAWING, "reach": freshness.line(page, today), **drawing}


_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
"""Periods; codes of goods, which are digits too, stay as they are."""


def fold_here() -> None:
    """Reserve the place of the button that expands the controls below."""
    st.session_state[_PLACE] = st.empty()


def chart_first_on_phones(key: str) -> DeltaGenerator:
    """A container for text followed by charts: on phones the charts come first."""
    return st.container(key=f"chart_first_{key}")


def half_with_chart(key: str) -> DeltaGenerator:
    """A container in a grid cell for a chart with its texts: on phones it comes before the other cells."""
    return st.container(key=f"chart_half_{key}")


def folds(key: str) -> DeltaGenerator:
    """A container that belongs to the controls: on phones it is collapsed and expanded together with them."""
    return st.container(key=f"folds_{key}")


def fold() -> None:
    """Draw the button in the place reserved by `fold_here`, with the values of the controls drawn."""
    where = st.session_state.pop(_PLACE, None)
    values = [_words(name, code) for name, code in filters.in_force().items() if name not in _UNNAMED]
    shown = [words for words in values if words]
    if where is not None and shown:
        where.toggle(say("aids.choices", values=" · ".join(shown[:MOST_VALUES])), key="controls_open")


def _words(name: str, code: str) -> str:
    """The words for a value; empty for a code that its own control translates."""
    field = FIELDS[name]
    if code in field.options:
        return field.label(code)
    return formats.day(code, lang()) if _DATE.fullmatch(code) else code if code.isdigit() else ""

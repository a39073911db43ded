"""The buttons beside a chart's title: chart, map or table; files, link, presentation; and panels that open below it.

They are one component instead of a dozen Streamlit elements, since every element of a page costs time at each rerun. It
runs in the browser (`chart_actions.js`). A press sets the field `open`, which links can set too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from trade.charts.theme import FONT_FACES, SANS, SERIF
from trade.panels.cache import cached_text
from trade.panels.choices import read_opened, write_opened
from trade.panels.fields import to_params
from trade.panels.language import say
from trade.panels.panel import Panel
from trade.ui.core import browser_components, filters, permalink, view_links

if TYPE_CHECKING:
    from trade.ui.core.chart_details import FigureTexts

BELOW = ("definition", "sql", "cite", "embed")
"""Panels that can open below a chart."""
_FORMS = ("png", "svg")
_FONTS = [
    {"family": family, "address": f"app/static/fonts/{file}", "weight": weight} for family, file, weight in FONT_FACES
]


def draw(around: FigureTexts, panel: Panel | None, *, shown: Sequence[str], opened: str) -> None:
    """Draw the buttons. `shown` are the views offered; `opened` is the view in force, or the panel open below the
    chart.

    A chart without a `panel` has no URL, so it cannot be embedded, presented or downloaded as CSV.
    """
    key, title, about, source, alt = around.key, around.title, around.about, around.source, around.alt
    name = f"{view_links.here()}-{panel.key if panel else key}"
    link = permalink.address(key, around.shown)
    picture = {
        "title": title,
        "about": about,
        "source": source,
        "alt": alt,
        "name": name,
        "sans": SANS,
        "serif": SERIF,
        "link": link if around.shown in ("", key) else permalink.address(key),
    }
    below = [*BELOW, "present"] if panel else [name for name in BELOW if name != "embed"]
    view = "chart" if opened in BELOW else opened
    data: dict[str, Any] = {
        "key": around.shown or key,
        "open": opened,
        "view": view,
        "link": link,
        "csv": _csv(panel.id, panel.choices) if panel else "",
        "picture": picture | {"fonts": _FONTS} if opened != "table" else None,
    } | _texts(shown, below)
    pressed = partial(_pressed, key, panel.key if panel else key)
    browser_components.draw("chart_actions", data, key=f"actions_{key}", on_pressed_change=pressed)


@cached_text
def _texts(shown: Sequence[str], below: Sequence[str]) -> dict[str, Any]:
    """All words of the buttons: the same for every chart with these views and panels."""
    words = {form: say("files.picture", form=form.upper()) for form in _FORMS} | {
        word: say(f"actions.{word}") for word in ("views", "actions", "csv", "link", "link_help")
    }
    words |= {"copied": say("link.copied"), "by_hand": say("link.by_hand"), "failed": say("files.picture_failed")}
    return {
        "views": [(name, say(f"actions.{name}")) for name in shown],
        "below": [(name, say(f"actions.{name}"), say(f"actions.{name}_help")) for name in below],
        "words": words,
    }


def _csv(panel_id: str, names: Sequence[str]) -> str:
    """The API's URL of the rows drawn as CSV. The file is made only when it is downloaded."""
    chosen = to_params(filters.chosen() | filters.in_force())
    choices = {name: code for name, code in chosen.items() if name in (*names, "lang")} | {"fit": "page"}
    return f"{view_links.server()}/api/charts/{panel_id}.csv?{urlencode(choices)}"


def _pressed(key: str, shown: str) -> None:
    name = str(st.session_state[f"actions_{key}"]["pressed"] or "")
    if name == "present":
        filters.choose("chart", shown)
        filters.choose("present", "1")
    elif name:
        press(key, name)


def press(key: str, name: str) -> None:
    """Show the chart as `name`, or open that panel below it; close it if it is already open."""
    opened = read_opened(filters.value("open"))
    opened[key] = "chart" if opened.get(key) == name else name
    filters.choose("open", write_opened(opened))

"""The row beside a chart's title: chart, map or table; files, link, presentation; and what opens below the chart.

One part of the page instead of a dozen: each element of a page costs every user time at every change. It runs in the
browser (`chart_actions.js`); what is pressed sets the field `open`, which a link may set too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from trade.charts.theme import FONT_FACES, SANS, SERIF
from trade.panels.choices import read_opened, write_opened
from trade.panels.fields import to_params
from trade.panels.language import say
from trade.panels.panel import Panel
from trade.ui.core import browser_components, filters, permalink, view_links

if TYPE_CHECKING:
    from trade.ui.core.chart_details import FigureTexts

BELOW = ("definition", "sql", "cite", "embed")
"""What opens below a chart."""
_FORMS = ("png", "svg")
_ROW = """
<div class="row"><div class="views" role="group"></div><div class="actions" role="group"></div>
<input readonly hidden><span class="said"></span></div>
"""
_STYLE = """
:host { display: block; }
.row { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; font-size: 0.875rem; }
.views, .actions { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.views[hidden] { display: none; }
button, a {
  font: inherit; color: var(--st-text-color); background: none; cursor: pointer; text-decoration: none;
  border: 1px solid transparent; border-radius: var(--st-base-radius); padding: 0.2rem 0.5rem; min-height: 1.75rem;
  line-height: 1.3; box-sizing: border-box; white-space: nowrap;
}
.views button { border-color: var(--st-border-color); }
.actions button, .actions a { color: var(--st-link-color); display: inline-flex; align-items: center; }
button[aria-pressed=true] {
  background: var(--st-secondary-background-color); border-color: var(--st-primary-color); font-weight: 600;
}
button:hover, a:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible, a:focus-visible, input:focus-visible {
  outline: 2px solid var(--st-primary-color); outline-offset: 1px;
}
input {
  font: inherit; color: inherit; background: var(--st-secondary-background-color); flex: 1 1 12rem; min-width: 0;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.2rem 0.5rem;
}
input[hidden] { display: none; }
:host { container-type: inline-size; }
@container (max-width: 560px) {
  .row { gap: 0.25rem; } .actions { gap: 0; }
  .actions button, .actions a { padding-inline: 0.3rem; }
}
@media (pointer: coarse), (max-width: 640px) {
  button, a { min-height: 44px; min-width: 44px; padding: 0.6rem; }
}
@media print { .row { display: none; } }
@media (forced-colors: active) {
  button[aria-pressed=true] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
"""
_FONTS = [
    {"family": family, "address": f"app/static/fonts/{file}", "weight": weight} for family, file, weight in FONT_FACES
]


def draw(around: FigureTexts, panel: Panel | None, *, shown: Sequence[str], opened: str) -> None:
    """The row of a chart that is shown as `opened`, one of the views `shown`, or has that open below.

    A chart that is not a `panel` has no address to be embedded, presented or taken as CSV from.
    """
    key, title, about, source, alt = around.key, around.title, around.about, around.source, around.alt
    name = f"{view_links.here()}-{panel.key if panel else key}"
    words = {form: say("files.picture", form=form.upper()) for form in _FORMS} | {
        word: say(f"actions.{word}") for word in ("views", "actions", "csv", "link", "link_help")
    }
    words |= {"copied": say("link.copied"), "by_hand": say("link.by_hand"), "failed": say("files.picture_failed")}
    picture = {
        "title": title,
        "about": about,
        "source": source,
        "alt": alt,
        "name": name,
        "sans": SANS,
        "serif": SERIF,
        "link": permalink.address(key),
    }
    below = [*BELOW, "present"] if panel else [one for one in BELOW if one != "embed"]
    view = "chart" if opened in BELOW else opened
    data: dict[str, Any] = {
        "key": around.shown or key,
        "open": opened,
        "view": view,
        "views": [(one, say(f"actions.{one}")) for one in shown],
        "below": [(one, say(f"actions.{one}"), say(f"actions.{one}_help")) for one in below],
        "link": permalink.address(key, around.shown),
        "csv": _csv(panel.id, panel.choices) if panel else "",
        "picture": picture | {"fonts": _FONTS} if opened != "table" else None,
        "words": words,
    }
    script = browser_components.script("chart_actions")
    part = st.components.v2.component("chart_actions", html=_ROW, css=_STYLE, js=script)
    part(data=data, key=f"actions_{key}", on_pressed_change=partial(_pressed, key, panel.key if panel else key))


def _csv(panel_id: str, names: Sequence[str]) -> str:
    """Where the server gives the rows drawn as CSV: a press is enough, and nothing is made before."""
    chosen = to_params(filters.chosen() | filters.in_force())
    choices = {name: code for name, code in chosen.items() if name in (*names, "lang")}
    return f"{view_links.server()}/api/charts/{panel_id}.csv?{urlencode(choices)}".rstrip("?")


def _pressed(key: str, shown: str) -> None:
    name = str(st.session_state[f"actions_{key}"]["pressed"] or "")
    if name == "present":
        filters.choose("chart", shown)
        filters.choose("present", "1")
    elif name:
        press(key, name)


def press(key: str, name: str) -> None:
    """Show the chart as `name`, or open that below it; what is open already is closed."""
    opened = read_opened(filters.value("open"))
    opened[key] = "chart" if opened.get(key) == name else name
    filters.choose("open", write_opened(opened))

"""Small parts of our own that run in the browser: what a page needs as a whole, and copying a text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from trade.api import browser_scripts
from trade.panels.language import say

HERE = Path(__file__).parent
SCRIPTS = {
    "page": (HERE / "drawing.js", HERE / "brief.js", HERE / "page.js"),
    "contents": (HERE / "contents.js",),
    "copy_link": (HERE / "saying.js", HERE / "copying.js"),
    "chart_actions": (HERE / "picture.js", HERE / "saying.js", HERE / "chart_actions.js"),
    "search_box": (HERE / "search_box.js",),
    "storyboard": (HERE / "drawing.js", HERE.parent / "stories" / "storyboard.js"),
}
"""The files of each script, in order."""
_STYLE = """
:host { display: block; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; }
button {
  font: inherit; font-size: 0.875rem; color: var(--st-text-color); background: var(--st-background-color);
  cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.25rem 0.75rem; min-height: 2.5rem;
}
button:hover { color: var(--st-primary-color); border-color: var(--st-primary-color); }
button:focus-visible, input:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
input {
  font: inherit; color: inherit; background: var(--st-secondary-background-color); flex: 1 1 12rem; min-width: 0;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.25rem 0.5rem;
}
input[hidden] { display: none; }
.said { font-size: 0.875rem; }
@media (pointer: coarse), (max-width: 640px) { button, input { min-height: 44px; } }
"""
_CONTENTS = "<nav hidden><p></p><ul></ul></nav>"
_CONTENTS_STYLE = """
nav { font-size: 0.875rem; }
p { margin: 0 0 0.25rem; font-weight: 600; color: var(--st-text-color); }
ul { list-style: none; margin: 0; padding: 0; }
a {
  display: block; padding: 0.2rem 0 0.2rem 0.6rem; color: var(--st-text-color); text-decoration: none; line-height: 1.3;
  border-left: 2px solid var(--st-border-color);
}
a:hover { color: var(--st-primary-color); border-color: var(--st-primary-color); }
a[aria-current=true] { font-weight: 600; border-color: var(--st-primary-color); }
@media (forced-colors: active) {
  a[aria-current=true] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
@media (pointer: coarse), (max-width: 640px) { a { padding-block: 13px; } }
"""
_COPY = """
<div class="row"><button type="button" hidden></button><input readonly hidden><span class="said"></span></div>
"""


@cache
def texts() -> dict[str, str]:
    """The scripts that this server has for parts of the pages, by name."""
    return {name: "".join(path.read_text(encoding="utf-8") for path in paths) for name, paths in SCRIPTS.items()}


@cache
def script(name: str) -> str:
    """What a component gives Streamlit as its script."""
    return browser_scripts.loader(name, texts()[name])


def watch(*, chart: str, choices: str, embedded: bool, aids: dict[str, Any] | None) -> None:
    """What the browser does for the page as a whole (`page.js`, `brief.js`). Once per run.

    It reruns the page when the user turns to another theme, tells screen readers the language, shows the `chart` that
    the link names and, while the controls are out of sight, the `choices` in force, and tells the page around an
    `embedded` chart how high that is. `aids` are what `page_aids` gives for pages that are not one chart alone.
    """
    data = {"lang": say("language.tag"), "chart": chart, "choices": choices, "embedded": embedded, "aids": aids}
    data["help"] = say("site.to_controls")
    part = st.components.v2.component("page", js=script("page"))
    part(key="page", data=data, on_changed_change=lambda: None)


def contents() -> None:
    """The headings of the page as links, read off the page itself: in the sidebar they stay in view."""
    part = st.components.v2.component("contents", html=_CONTENTS, css=_CONTENTS_STYLE, js=script("contents"))
    part(data={"title": say("site.contents"), "page": say("language.tag")}, key="contents")


def copy_link(address: str) -> None:
    """A button that copies the address of what is seen."""
    words = {name: say(f"link.{name}") for name in ("copy", "name", "copied", "by_hand")}
    part = st.components.v2.component("copy_link", html=_COPY, css=_STYLE, js=script("copy_link"))
    part(data={"text": address, "words": words}, key="copy_link")

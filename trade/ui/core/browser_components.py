"""Our own Streamlit components: functions of the page as a whole, copying a text, and others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from trade.api import browser_scripts
from trade.panels.language import say

HERE = Path(__file__).parent
SCRIPTS = {
    "page": ("drawing.js", "brief.js", "page.js"),
    "contents": ("contents.html", "contents.css", "contents.js"),
    "copy_link": ("copying.html", "copying.css", "saying.js", "copying.js"),
    "chart_actions": ("chart_actions.html", "chart_actions.css", "picture.js", "saying.js", "chart_actions.js"),
    "search_box": ("search_box.html", "search_box.css", "search_box.js"),
    "storyboard": ("../stories/storyboard.html", "../stories/storyboard.css", "drawing.js", "../stories/storyboard.js"),
}
"""The files of each component: its HTML, its CSS, and the parts of its script in order."""


@cache
def texts() -> dict[str, str]:
    """The components' scripts by name, as the server delivers them."""
    return {name: _script([HERE / file for file in files]) for name, files in SCRIPTS.items()}


def _script(files: list[Path]) -> str:
    """One module: HTML and CSS of the component as `content`, then its script."""
    read = [(path.suffix, path.read_text(encoding="utf-8")) for path in files]
    content = "".join(f"<style>{text}</style>" if kind == ".css" else text for kind, text in read if kind != ".js")
    script = "".join(text for kind, text in read if kind == ".js")
    return f"export const content = {json.dumps(content)};\n{script}"


@cache
def _loader(name: str) -> str:
    return browser_scripts.loader(name, texts()[name])


def draw(name: str, data: Mapping[str, Any], *, key: str = "", **settings: Any) -> None:
    """Draw the component `name` of SCRIPTS, which is given `data`. `settings` are Streamlit's: width, on_..._change."""
    part = st.components.v2.component(name, js=_loader(name))
    part(data=[data], key=key or name, **settings)  # in a list: in a dict Streamlit checks every value for data frames


def watch(*, chart: str, choices: str, embedded: bool, aids: dict[str, Any] | None) -> None:
    """Start the scripts for the page as a whole (`page.js`, `brief.js`). Called once per run.

    It reruns the page when the user turns to another theme, tells screen readers the language, shows the `chart` that
    the link names and, while the controls are out of sight, the `choices` in force, and tells the page around an
    `embedded` chart how high that is. `aids` are what `page_assets` gives for pages that are not one chart alone.
    """
    data = {"lang": say("language.tag"), "chart": chart, "choices": choices, "embedded": embedded, "aids": aids}
    data["help"] = say("site.to_controls")
    draw("page", data, on_changed_change=lambda: None)


def contents() -> None:
    """The headings of the page as links, read off the page itself: in the sidebar they stay in view."""
    draw("contents", {"title": say("site.contents"), "page": say("language.tag")})


def copy_link(address: str) -> None:
    """A button that copies the address of what is seen."""
    words = {name: say(f"link.{name}") for name in ("copy", "name", "copied", "by_hand")}
    draw("copy_link", {"text": address, "words": words})

"""Small parts of our own that run in the browser: saving a figure as a picture, copying a text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from trade.charts.theme import FONT_FACES, SANS, SERIF
from trade.panels.language import say

HERE = Path(__file__).parent
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
[role=status] { font-size: 0.875rem; }
"""
_PICTURE = """
<div class="row"><button type="button" name="png" hidden></button><button type="button" name="svg" hidden></button>
<span role="status"></span></div>
"""
_COPY = """
<div class="row"><button type="button" hidden></button><input readonly hidden><span role="status"></span></div>
"""


@cache
def _script(name: str) -> str:
    return (HERE / f"{name}.js").read_text(encoding="utf-8")


def save_picture(key: str, *, title: str, about: str, source: str, alt: str, name: str, link: str = "") -> None:
    """Buttons that save the figure of the chart `key` as PNG and SVG with the lines that stand around it.

    Args:
        alt: description for those who cannot see it. name: of the file, without its ending. link: address of the view.
    """
    forms = ("png", "svg")
    data: dict[str, Any] = {
        "key": key,
        "title": title,
        "about": about,
        "source": source,
        "link": link,
        "alt": alt,
        "name": name,
        "sans": SANS,
        "serif": SERIF,
        "fonts": [
            {"family": family, "address": f"app/static/fonts/{file}", "weight": weight}
            for family, file, weight in FONT_FACES
        ],
        "words": {form: form.upper() for form in forms} | {"failed": say("files.picture_failed")},
        "labels": {form: say("files.picture", form=form.upper()) for form in forms},
    }
    part = st.components.v2.component("save_picture", html=_PICTURE, css=_STYLE, js=_script("picture"))
    part(data=data, key=f"picture_{key}", width="content")


def copy_link(address: str) -> None:
    """A button that copies the address of what is seen."""
    words = {name: say(f"link.{name}") for name in ("copy", "name", "copied", "by_hand")}
    part = st.components.v2.component("copy_link", html=_COPY, css=_STYLE, js=_script("copying"))
    part(data={"text": address, "words": words}, key="copy_link")

"""From the headline into its parts: a click on a part opens it, and a control does the same."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from trade.measures import Result
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.ui.core import filters
from trade.ui.core import page_links as ways

_PAGES = {"partner": "partner", "product": "products"}
"""Where a part of each kind has its own page. A continent opens on the spot."""


def opener(by: str) -> Callable[[str], None]:
    """What a click on a part does: a continent opens into its partners, a partner or product is marked."""

    def pick(code: str) -> None:
        if FIELDS[by].accepts(code):
            filters.choose(by, code)

    return pick


def onward(split: Result, by: str) -> None:
    """A control for the parts, and a link to the page of the chosen one, for kinds of parts that have a page."""
    if by not in _PAGES:
        return
    parts = split.frame[(split.frame["kind"] == "part") & (split.frame["code"] != "rest")]
    names = dict(zip(parts["code"], parts[f"name_{lang()}"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = filters.control(by, options=list(names), words=lambda option: names[option])
        ways.link(_PAGES[by], say("onward.sheet", name=names[code]), **{by: code})

"""The list of pages, and the frame around each: title, menu, one place for errors.

Adding a page: a script in `pages/` and one line in `PAGES`.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from trade.paths import PROJECT
from trade.ui import appearance, first_visit, queries, scope
from trade.ui.errors import calm
from trade.ui.language import plain, say, small

_FRAMED = "frame stands"
WIDTH = 1120
"""Of the column of text and charts, in pixels: wider lines are hard to read."""


@dataclass(frozen=True)
class Page:
    """A page. `name` is its file under `pages/` and its path in the URL; the strings hold `pages.<name>.nav` ..."""

    name: str


PAGES = (
    Page("overview"),
    Page("growth"),
    Page("products"),
    Page("diversification"),
    Page("destinations"),
    Page("partner"),
    Page("outlook"),
    Page("factcheck"),
    Page("explore"),
    Page("sources"),
)


def _navigation() -> st.Page:
    """Register the pages and return the one asked for. The first is also found at the root of the URL."""
    pages = [
        st.Page(
            str(PROJECT / "pages" / f"{page.name}.py"),
            title=say(f"pages.{page.name}.nav"),
            url_path=page.name,
            help=say(f"pages.{page.name}.help"),
            default=page is PAGES[0],
        )
        for page in PAGES
    ]
    return st.navigation(pages, position="sidebar")


def run() -> None:
    """Draw the page that the reader asked for, inside the frame. All of `app.py`."""
    icon, about = str(PROJECT / "static" / "favicon.svg"), say("site.about")
    st.set_page_config(say("site.title"), page_icon=icon, layout="wide", menu_items={"About": about})
    page = _navigation()
    with st.sidebar:
        small(plain(say("site.sidebar")))
        appearance.watch()
    st.session_state[_FRAMED] = True
    try:
        with st.container(horizontal_alignment="center"), st.container(width=WIDTH):
            scope.arrive(page.url_path)
            with calm():
                first_visit.ensure()
                page.run()
            scope.leave()
    finally:
        st.session_state.pop(_FRAMED, None)
    queries.settle()


def stand() -> None:
    """First call of every page: the page is drawn inside the frame or not at all.

    When the first visit after a server start is a deep link, Streamlit runs the page's script alone, for every reader,
    until somebody opens the root. Registering the pages and running again mends it.
    """
    if not st.session_state.get(_FRAMED):
        _navigation()
        st.rerun()


def header(name: str) -> None:
    """The page's title and the question it answers."""
    st.title(say(f"pages.{name}.title"), anchor=False)
    st.markdown(plain(say(f"pages.{name}.question")))

"""The pages, and the frame around each: title, menu, one place for errors.

Every script in `pages/` is a page; those that `ORDER` does not name come last in the menu.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache

import streamlit as st

from trade import settings
from trade.panels import freshness, run_context
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.panels.run_context import RunContext, running
from trade.paths import PROJECT
from trade.text import formats
from trade.text.catalog import LANGUAGES
from trade.text.markdown import plain, prose, quiet
from trade.ui.core import (
    browser_components,
    callback_context,
    clicks,
    document_title,
    filters,
    garbage,
    language,
    page_assets,
    permalink,
    presentation,
    search_box,
    single_chart,
    store_setup,
    user_clock,
)
from trade.ui.core.errors import show_errors
from trade.ui.core.language import paragraphs
from trade.version import __version__

_FRAMED = "frame stands"
LANGUAGE_WIDTH = 140
_UNFOLDED = ("explore", "factcheck", "sources", "stories")
"""Pages whose controls are what the page is for."""
WIDTH = 1120
"""Of the column of text and charts, in pixels: wider lines are hard to read."""


@dataclass(frozen=True)
class Page:
    """A page. `name` is its file under `pages/` and its path in the URL; the strings hold `pages.<name>.nav` ..."""

    name: str


ORDER = (
    "overview", "growth", "products", "services", "diversification", "destinations", "partner", "compare", "outlook",
    "factcheck", "explore", "sources", "stories",
)  # fmt: skip
"""The order of the menu."""


def _place(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER)), name


PAGES = tuple(Page(name) for name in sorted((path.stem for path in (PROJECT / "pages").glob("*.py")), key=_place))


def _navigation() -> st.Page:
    """Register the pages and return the one asked for. The first is also found at the root of the URL."""
    pages = [copy(page) for page in _registered(lang())]  # Streamlit notes in them which one may run
    return st.navigation(pages, position="hidden" if single_chart.bare() else "sidebar", expanded=True)


def page(name: str) -> st.Page:
    """A page for `st.page_link`, which else looks for its file."""
    return _registered(lang())[[one.name for one in PAGES].index(name)]


@cache
def _registered(language: str) -> list[st.Page]:
    """The pages as Streamlit knows them, in words of a language: to look for the files takes long."""
    return [
        st.Page(
            str(PROJECT / "pages" / f"{page.name}.py"),
            title=formats.say(f"pages.{page.name}.nav", language),
            url_path=page.name,
            help=formats.say(f"pages.{page.name}.help", language),
            default=page is PAGES[0],
        )
        for page in PAGES
    ]


def run() -> None:
    """Draw the page that the user asked for, inside the frame. All of `app.py`."""
    choices = filters.of_session()
    with running(RunContext(_settle_language(), choices, today=user_clock.today())) as context:
        _draw_frame(context)
    garbage.tune()


def _draw_frame(context: RunContext) -> None:
    page = _navigation()
    icon, operator = str(PROJECT / "static" / "favicon.svg"), settings.operator()
    run_by = say("site.operator", operator=operator) if operator else say("site.no_operator")
    about = [say("site.about"), say("site.made"), run_by]
    named = f"**{plain(say('site.title'))} {__version__}**"
    st.set_page_config(page_icon=icon, layout="wide", menu_items={"About": "\n\n".join([named, *map(plain, about)])})
    _open_what_was_searched(page)
    if not single_chart.bare():
        with st.sidebar:
            paragraphs(*map(quiet, [plain(say("site.sidebar")), *([plain(run_by)] if operator else [])]))
    for_browser = st.container()
    aided = single_chart.presenting() or not single_chart.alone()
    if aided:
        page_assets.style()
    st.session_state[_FRAMED] = True
    try:
        with (
            st.container(horizontal_alignment="center"),
            st.container(width="stretch") if single_chart.bare() else st.container(width=WIDTH, key="column"),
        ):
            filters.load_from_url(page.url_path)
            _follow_click()
            filters.save_to_url()
            with show_errors():
                store_setup.ensure()
                context.store = callback_context.pin_store()
                presentation.run(page)
            page_assets.fold()
            with for_browser, show_errors():
                bare, choices_in_words = single_chart.bare(), document_title.choices()
                browser_components.watch(
                    chart=single_chart.landing(),
                    choices="" if bare else choices_in_words,
                    embedded=single_chart.alone(),
                    aids=page_assets.script_data(page.url_path or PAGES[0].name, context.today) if aided else None,
                )
                st.set_page_config(page_title=document_title.words())
            filters.save_to_url()
            filters.page_is_drawn()
        if not single_chart.bare():
            with st.sidebar:
                browser_components.contents()
                browser_components.copy_link(permalink.address())
                presentation.way_in()
    finally:
        st.session_state.pop(_FRAMED, None)


def _open_what_was_searched(shown: st.Page) -> None:
    """Go to the page of what was taken in the search box, if it is another one; its choices are set already."""
    name = search_box.page_to_open()
    if name and name != (shown.url_path or PAGES[0].name):
        st.switch_page(page(name), query_params=filters.link_params())


def _follow_click() -> None:
    """Go where a click on a chart led, if one did."""
    if leads_to := clicks.pop_target():
        name, values = leads_to
        filters.replace(values)
        st.switch_page(page(name), query_params=filters.link_params())


def _settle_language() -> str:
    """The language that the URL or the user names; on a bare first visit the browser's."""
    code = filters.pending_code("lang")
    if not code and filters.untouched():
        code = language.of_browser()
        filters.choose("lang", code)
    return language.remember(code)


def ensure_app() -> None:
    """Draw the page inside the frame or not at all: the first call of every page.

    When the first visit after a server start is a deep link, Streamlit runs the page's script alone, for every user,
    until somebody opens the root. Registering the pages and running again prevents it.
    """
    if not st.session_state.get(_FRAMED):
        _navigation()
        st.rerun()


def header(name: str) -> None:
    """The page's title, search box, the way to the other language, its question, and up to when its figures reach."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(say(f"pages.{name}.title"), anchor=False, width="stretch")
        search_box.draw()
        _languages()
    paragraphs(plain(say(f"pages.{name}.question")), quiet(_reach(name)))
    if name not in _UNFOLDED:
        page_assets.fold_here()


def _reach(name: str) -> str:
    """Up to when the page's figures reach, and the way to newer ones if they are out."""
    today = run_context.current().today
    if not freshness.is_behind(name, today):
        return prose(freshness.line(name, today))
    language = f"?lang={lang()}" if filters.value("lang") else ""
    return f"{prose(freshness.line(name, today))} [{plain(say('reach.update'))}](sources{language})"


def _languages() -> None:
    """The way to the other languages, each by its own name: one button, or a list if there are several."""
    others = [code for code in LANGUAGES if code != lang()]
    if len(others) == 1:
        name = formats.say("language.name", others[0])
        st.button(name, key="language", type="tertiary", on_click=filters.choose, args=("lang", others[0]))
    elif others:
        st.session_state["language"] = lang()
        st.selectbox(
            say("scope.lang.name"), LANGUAGES, key="language", format_func=FIELDS["lang"].label,
            on_change=_language_taken, label_visibility="collapsed", width=LANGUAGE_WIDTH,
        )  # fmt: skip


def _language_taken() -> None:
    filters.choose("lang", str(st.session_state["language"]))

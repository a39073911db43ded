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
from trade.ui.core.text_blocks import paragraphs
from trade.version import __version__

_FRAMED = "frame stands"
LANGUAGE_WIDTH = 140
_UNFOLDED = ("explore", "factcheck", "sources", "stories")
"""Pages whose controls are never collapsed, since they are the page's purpose."""
WIDTH = 1120
"""Width of the column of text and charts, in pixels: longer lines are hard to read."""


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
    pages = [copy(page) for page in _registered(lang())]  # copies: Streamlit marks in them which one may run
    return st.navigation(pages, position="hidden" if single_chart.bare() else "sidebar", expanded=True)


def page(name: str) -> st.Page:
    """A registered page for `st.page_link`: with a path instead, Streamlit would look for the file."""
    return _registered(lang())[[listed.name for listed in PAGES].index(name)]


@cache
def _registered(language: str) -> list[st.Page]:
    """Streamlit's page objects with titles in a language; cached, since Streamlit looks for every file."""
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
    """Switch to the page of the search result just chosen, if it is another page. Its choices are already set."""
    name = search_box.page_to_open()
    if name and name != (shown.url_path or PAGES[0].name):
        st.switch_page(page(name), query_params=filters.link_params())


def _follow_click() -> None:
    """Switch to the page that a click on a chart leads to, if there was one."""
    if leads_to := clicks.pop_target():
        name, values = leads_to
        filters.replace(values)
        st.switch_page(page(name), query_params=filters.link_params())


def _settle_language() -> str:
    """The language chosen in the URL or by the user; on a first visit without parameters the browser's."""
    code = filters.pending_code("lang")
    if not code and filters.untouched():
        code = language.of_browser()
        filters.choose("lang", code)
    return language.remember(code)


def ensure_app() -> None:
    """Make sure that the page is drawn inside the frame. Every page calls this first.

    If the first visit after a server start is to a page other than the root, Streamlit runs that page's script without
    `app.py`, for every user, until somebody opens the root. Registering the pages and rerunning prevents this.
    """
    if not st.session_state.get(_FRAMED):
        _navigation()
        st.rerun()


def header(name: str) -> None:
    """Draw the page's title, search box, language switch, question, and how recent its figures are."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(say(f"pages.{name}.title"), anchor=False, width="stretch")
        search_box.draw()
        _languages()
    paragraphs(plain(say(f"pages.{name}.question")), quiet(_freshness_line(name)))
    if name not in _UNFOLDED:
        page_assets.fold_here()


def _freshness_line(name: str) -> str:
    """How recent the page's figures are, with a link to update them if newer ones should be out."""
    today = run_context.current().today
    if not freshness.is_behind(name, today):
        return prose(freshness.line(name, today))
    language = f"?lang={lang()}" if filters.value("lang") else ""
    return f"{prose(freshness.line(name, today))} [{plain(say('reach.update'))}](sources{language})"


def _languages() -> None:
    """The language switch, each language by its own name: a button for one other language, a list for several."""
    others = [code for code in LANGUAGES if code != lang()]
    if len(others) == 1:
        name = formats.say("language.name", others[0])
        st.button(name, key="language", type="tertiary", on_click=filters.choose, args=("lang", others[0]))
    elif others:
        st.session_state["language"] = lang()
        st.selectbox(
            say("scope.lang.name"), LANGUAGES, key="language", format_func=FIELDS["lang"].label,
            on_change=_on_language_change, label_visibility="collapsed", width=LANGUAGE_WIDTH,
        )  # fmt: skip


def _on_language_change() -> None:
    filters.choose("lang", str(st.session_state["language"]))

"""The controls of a comparison: what, whose, in which flow and time, and how it is drawn."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from trade.errors import TradeError
from trade.panels import compare, market_filter, partner_names
from trade.panels.compare import KINDS, MOST
from trade.panels.language import say
from trade.panels.panel import Content
from trade.store.own_groups import is_own
from trade.text.markdown import plain
from trade.ui.core import filters, market_filters

_KEY = "scope_entities"
HEIGHT = 460
"""Height of the table beside the chart, in pixels: it scrolls."""
BESIDE = 4
"""Most columns for a table beside the chart; a wider table goes below it."""
DRAWING = ("scaled", "since", "log", "each", "span")


def indicator() -> None:
    """The control of the indicator; one from a link is offered too if the list lacks it."""
    kind = compare.kind_of(filters.choices())
    offered = list(KINDS[kind].indicators)
    try:
        named = compare.indicator(filters.choices())
    except TradeError:
        named = offered[0]
    options = offered if named in offered else [named, *offered]
    flow = filters.choices().pick("flow")
    filters.control("indicator", options=options, first=offered[0], words=lambda code: compare.title_of(code, flow))


def entities() -> None:
    """The control of the entities, by name; the URL has their codes."""
    kind = compare.kind_of(filters.choices())
    labels = compare.offered(kind)
    try:
        codes = list(compare.entities(filters.choices()))
    except TradeError:
        codes = [code for code in filters.value("entities").split(",") if code in labels]
    own = {code: partner_names.name_of(code) for code in codes if is_own(code)}
    own |= {code: code for code in codes if code not in labels and code not in own}
    filters.show(_KEY, codes)
    st.multiselect(
        say("scope.entities.name"), [*labels, *own], key=_KEY, max_selections=MOST, on_change=_on_change,
        format_func=lambda code: plain(own.get(code) or labels.get(code) or code), placeholder=say("compare.hint"),
    )  # fmt: skip


def _on_change() -> None:
    filters.choose("entities", ",".join(map(str, st.session_state[_KEY])))


def question() -> None:
    """Flow, frequency, and behind a button how it is drawn and, where the kind has them, currency and membership."""
    kind = compare.kind_of(filters.choices())
    filters.control("flow")
    if kind in ("partners", "customs"):
        filters.control("freq")
    with filters.more("currency", "members", *DRAWING, *market_filter.OWN):
        if compare.market_currency(filters.choices()):
            filters.control("currency")
        if kind == "partners":
            filters.control("members")
        _drawing()


def _drawing() -> None:
    """How it is drawn: as it is, index with its base, share, rank; log scale; a panel each; years shown."""
    scaled = filters.control("scaled")
    if scaled == "index":
        _base()
    if scaled in ("lines", "index"):
        filters.control("log")
    filters.control("each")
    filters.control("span", first="all")
    _filters()


def _filters() -> None:
    """Which of those compared are shown, and in what order; only where a rise is one."""
    with suppress(TradeError):
        result = compare.of_choices(filters.choices())
        if compare.filters_apply(result, compare.indicator(filters.choices())):
            amounts, drawn = result.unit == "value", filters.choices().pick("scaled") == "index"
            market_filters.of_compared(lambda: compare.listing(result), amounts=amounts, base=not drawn)


def _base() -> None:
    try:
        result = compare.of_choices(filters.choices())
    except TradeError:
        return
    years = list(dict.fromkeys(period[:4] for period in compare.common_periods(result)))
    if years:
        filters.control("since", options=years, first=years[0])


def table(content: Content) -> None:
    """What is drawn, periods down, the newest first, under a heading that names the unit."""
    written, unit = compare.table(content)
    st.subheader(say("compare.table_in", unit=unit) if unit else say("compare.table"), anchor=False)
    # static: its headings break into lines, and short figures leave the names their room
    with st.container(key="compared"):
        st.table(written, height=HEIGHT, border="horizontal", alt=plain(content.message.headline))

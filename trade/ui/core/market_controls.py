"""The controls of the pages about markets: whose markets, in which definition, which one is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from trade.panels import market_filter, market_scope, partner_names
from trade.panels.language import lang, say
from trade.panels.market_scope import HOME, Scope
from trade.ui.core import filters, page_links
from trade.ui.core.text_blocks import small

DEFINITIONS = ("eu", "hk")


def bar(reporter: str = HOME, *fields: str, more: Callable[[Scope], None] | None = None) -> Scope:
    """The controls of a page about markets, in one row: flow, frequency, period, other `fields`; behind a button the
    currency of years, `more`, what counts as a market and which is highlighted. Then notes on what the tables lack."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        filters.control("flow")
        yearly = reporter == HOME and filters.control("freq") == "A"
        scope = market_scope.scope_of(filters.choices(), reporter)
        filters.period_control(scope.periods)
        for field in fields:
            filters.control(field)
        scope = market_scope.scope_of(filters.choices(), reporter)
        with filters.more("currency", *DEFINITIONS, *market_filter.OWN):
            if yearly:
                filters.control("currency")
            if more:
                more(scope)
            definitions()
            code = _mark_control(scope)
        known = partner_names.known()
        if code in known:  # a market that is marked: a link to its own sheet
            page_links.link("partner", say("markets.sheet", name=known[code][f"name_{lang()}"]))
    _limits(scope)
    return scope


def definitions() -> None:
    """The EU as one or as its members, Hong Kong and Macao in or out."""
    for name in DEFINITIONS:
        filters.control(name)


def reporter_control(names: Mapping[str, str]) -> str:
    """The economy whose markets are shown; `names` are those that can be chosen, by code."""
    return filters.control("reporter", options=list(names), words=lambda code: names[code])


def _mark_control(scope: Scope) -> str:
    """A market to mark in every chart of the page; empty if none."""
    names, market = market_scope.market_names(scope.params, scope.period), filters.value("partner")
    if market and market not in names:
        filters.choose("partner", market_scope.marked(filters.choices(), scope))
    return filters.control(
        "partner", options=["", *names], words=lambda code: names.get(code) or say("scope.partner.none")
    )


def _limits(scope: Scope) -> None:
    """Notes on what the tables lack: months of other economies, months in dollars."""
    if scope.params["dataset"] == "matrix":
        small(say("markets.matrix_only"))
    elif scope.params["freq"] != "A" and filters.value("currency") == "USD":
        small(say("markets.monthly_yuan"))


def mark(code: str) -> None:
    """Mark a market, as its control would: what a click on a chart does."""
    filters.choose("partner", "" if filters.value("partner") == code else code)


def base_control(scope: Scope) -> None:
    """The earlier year to compare with, if there is any; a month is compared with that of the year before."""
    earlier = market_scope.earlier_periods(scope)
    if earlier and len(scope.period) == len("2025"):
        filters.control("since", options=earlier, words=lambda code: scope.periods[code])

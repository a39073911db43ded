"""The controls of the pages about markets: whose markets, in which definition, which one is marked."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from trade.panels import markets, partner_names
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.panels.markets import HOME, Asked
from trade.ui.core import filters, page_links
from trade.ui.core.language import small


def draw(reporter: str = HOME) -> Asked:
    """The controls of flow, frequency, currency and market definition, and the question that they make."""
    filters.control("flow")
    if reporter == HOME and filters.control("freq") == "A":
        filters.control("currency")
    definitions()
    return markets.question(filters.choices(), reporter)


def definitions() -> None:
    """What counts as a market: the EU as one or as its members, Hong Kong and Macao in or out."""
    changed = any(filters.value(name) != FIELDS[name].default for name in ("eu", "hk"))
    with st.popover(say("markets.definitions_changed" if changed else "markets.definitions")):
        filters.control("eu")
        filters.control("hk")


def reporter_control() -> str:
    """Any economy whose exports the world matrix has, China first."""
    names = markets.reporters()
    return filters.control("reporter", options=list(names), words=lambda code: names[code])


def tell_limits(asked: Asked) -> None:
    """What the tables cannot give: other economies by month, months in dollars."""
    if asked["dataset"] == "matrix":
        small(say("markets.matrix_only"))
    elif asked["freq"] != "A" and filters.value("currency") == "USD":
        small(say("markets.monthly_yuan"))


def mark_control(asked: Asked, period: str) -> str:
    """A market to mark in every chart of the page; empty if none."""
    names, wanted = markets.market_names(asked, period), filters.value("partner")
    if wanted and wanted not in names:
        filters.choose("partner", markets.marked(filters.choices(), asked, period))
    return filters.control(
        "partner", options=["", *names], words=lambda code: names.get(code) or say("scope.partner.none")
    )


def sheet_link(code: str) -> None:
    """For a marked market: the way to its own sheet, with the choices in force."""
    known = partner_names.known()
    if code in known:
        page_links.link("partner", say("markets.sheet", name=known[code][f"name_{lang()}"]))


def mark(code: str) -> None:
    """Mark a market, as its control would: what a click on a chart does."""
    filters.choose("partner", "" if filters.value("partner") == code else code)


def base_control(held: Mapping[str, str], period: str, first: str = "") -> str:
    """The earlier period to compare with; for years a control chooses it."""
    if len(period) > len("2025"):
        return markets.base(filters.choices(), held, period)
    earlier = markets.earlier_periods(held, period)
    return filters.control("since", options=earlier, words=lambda code: held[code], first=first)

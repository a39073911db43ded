"""Controls of the products in customs' lists: table, list, group of items, one item."""

from __future__ import annotations

import streamlit as st

from trade.errors import TradeError
from trade.panels import market_filter, products
from trade.panels.language import lang, say
from trade.panels.queries import customs_commodities as commodities
from trade.panels.queries.customs_commodities import Question
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import filters, market_filters


def table() -> Question:
    """The controls of flow, frequency, period, currency, list (where there are two), rows; the question they make."""
    filters.control("flow", options=commodities.FLOWS)
    filters.control("freq")
    filters.period_control(commodities.periods(filters.choices()))
    params = commodities.question(filters.choices())
    with filters.more("currency", "list", *market_filter.OWN):
        filters.control("currency")
        if commodities.has_detail(params):
            filters.control("list")
        market_filters.of_rows("products", "items", lambda: products.items_listing(filters.choices()))
    return commodities.question(filters.choices())


def level(params: Question) -> None:
    """The control of the group of items to look inside."""
    groups = _groups(params)
    filters.control("within", options=["all", *groups], words=lambda code: groups.get(code) or say("scope.within.all"))


def note_empty_group(params: Question) -> None:
    """Show a note if the group chosen earlier or in a link has no items in this period."""
    group = filters.value("within")
    if group not in ("all", *_groups(params)):
        name = _name_anywhere(group)
        period = formats.period(params["period"], params["freq"], lang())
        if name:
            st.info(plain(say("products.not_inside", name=name, period=period)))


def _groups(params: Question) -> dict[str, str]:
    return commodities.groups(params, commodities.list_in_force(filters.choices(), params))


def item(params: Question) -> None:
    """The control of the item to follow over time, with a warning if a link names one that no list has."""
    product = filters.value("product")
    if product not in commodities.names_of_period(params):
        _name_anywhere(product)
    names = commodities.item_names(params, product)
    filters.control("product", options=list(names), words=lambda code: names[code])


def _name_anywhere(code: str) -> str:
    """The name of an item that this period's lists do not have; a warning and nothing for one that no list has."""
    try:
        return commodities.name_anywhere(code)
    except TradeError as error:
        st.warning(plain(error.text(lang())))
        return ""

"""The four views of *Products*: customs' list, the Harmonized System, China in the world, headline goods."""

from __future__ import annotations

import streamlit as st

from trade.panels import products, products_headline_goods, products_hs, products_world
from trade.panels.language import say
from trade.panels.queries import hs_trade
from trade.text.markdown import prose
from trade.ui.core import chart_details, filters, market_filters, tabs
from trade.ui.core.chart_panel import show_panel, side_by_side
from trade.ui.core.text_blocks import small
from trade.ui.products import customs_controls, hs_controls, world_controls

UNSHOWN = ("code", "parent", "level", "listed_items")
"""Columns of customs' list that are only in files, not in the table: codes and positions in the list."""
THEMES = (products.high_tech, products.new_three, products.robots)
"""What customs' list says of goods that the account of China's trade names, each under a heading of its key."""


def by_customs_list() -> None:
    """The commodities of customs' tables, and the themes among them, as two tabs."""
    if tabs.show_tabs(themes={panel.key for panel in THEMES}) == "commodities":
        _commodities()
    else:
        for panel in THEMES:
            st.header(say(f"pages.products.{panel.key}"), anchor=False)
            show_panel(panel)
    hs_controls.note_unloaded()


def _commodities() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        params = customs_controls.table()

    st.header(say("pages.products.categories"), anchor=False)
    customs_controls.level(params)
    customs_controls.note_empty_group(params)
    show_panel(
        products.items,
        pick=lambda code: filters.choose("within", code),
        cue=say("cue.open_group"),
        table=chart_details.with_trend("code", "months", products.items_trends, UNSHOWN),
    )
    show_panel(products.split)

    st.header(say("pages.products.prices"), anchor=False)
    show_panel(products.prices, pick=lambda code: filters.choose("product", code), cue=say("cue.open_product"))

    st.header(say("pages.products.item"), anchor=False)
    customs_controls.item(params)
    show_panel(products.item)
    if products.has_price(filters.choices()):
        show_panel(products.price)


def by_hs_code() -> None:
    """Trade by code of the Harmonized System."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        params = hs_controls.question()

    st.header(say("pages.products.categories"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = hs_controls.level(params)
    parts = show_panel(products_hs.boxes)
    if parts:
        market_filters.for_rows("products", "hs_ranking", lambda: products_hs.codes_listing(filters.choices()))
        trend = chart_details.with_trend("code", "periods", products_hs.codes_trends)
        show_panel(products_hs.ranking, pick=hs_controls.open_up, cue=say("cue.open_group"), table=trend)
        if products_hs.has_growth(parts.result):
            show_panel(products_hs.split, pick=hs_controls.open_up, cue=say("cue.open_group"))

        st.header(say("hs.one"), anchor=False)
        hs_controls.code(view)
        show_panel(products_hs.item)
        show_panel(products_hs.partners)
        if params["flow"] == "export":
            st.header(say("pages.products.buyers"), anchor=False)
            show_panel(products_hs.buyers, on_map=products_hs.buyers_map)

    st.header(say("pages.products.balance"), anchor=False)
    show_panel(products_hs.balance, pick=hs_controls.open_up, cue=say("cue.open_group"))
    show_panel(products_hs.matched)

    if hs_trade.compares_exports(params):
        st.header(say("hs.advantage"), anchor=False)
        show_panel(products_hs.advantage, pick=hs_controls.open_up, cue=say("cue.open_group"))

    st.header(say("hs.diversification"), anchor=False)
    show_panel(products_hs.spread)

    if params["reporter"] == hs_trade.HOME:
        st.header(say("pages.products.gap"), anchor=False)
        show_panel(products_hs.gap)


def in_the_world() -> None:
    """Shares of the world, advantage, rivals, dependence."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        world_controls.question()

    st.header(say("pages.products.share"), anchor=False)
    world_controls.since()
    show_panel(products_world.share_change, pick=world_controls.follow, cue=say("cue.open_product"))

    st.header(say("pages.products.advantage"), anchor=False)
    show_panel(products_world.advantage_change, pick=world_controls.follow, cue=say("cue.open_product"))

    st.header(say("pages.products.rivals"), anchor=False)
    world_controls.part()
    show_panel(products_world.rivals_over_time)
    show_panel(products_world.rivals)

    st.header(say("pages.products.dependence"), anchor=False)
    filters.control("depends")
    show_panel(
        products_world.dependence, pick=lambda code: filters.choose("partner", code), cue=say("cue.open_partner")
    )
    world_controls.partner()
    show_panel(products_world.dependent_goods)


def headline_goods() -> None:
    """One of the goods that the account of China's trade names, with all that is known of it."""
    show_panel(products_headline_goods.overview)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        good = filters.control("good", first=products_headline_goods.OPENING)
        filters.control("currency")

    if missing := products_headline_goods.missing(filters.choices()):
        small(prose(missing))

    st.header(say("pages.products.at_customs"), anchor=False)
    side_by_side(*products_headline_goods.at_customs(filters.choices()))
    if good in ("electric-cars", "batteries", "solar"):
        show_panel(products.new_three)
    if good == "robots":
        show_panel(products.robots)
    if good == "high-tech":
        show_panel(products.high_tech)

    if known := products_headline_goods.in_world(filters.choices()):
        st.header(say("pages.products.in_world"), anchor=False)
        side_by_side(*(panel for panel in known if panel is not products_headline_goods.buyers))
        if products_headline_goods.buyers in known:
            show_panel(products_headline_goods.buyers)

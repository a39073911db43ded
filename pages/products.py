"""Products: what does China sell and buy, which goods made trade grow, and was it price or quantity?"""

import streamlit as st

from trade.panels import hs_trade, products, products_hs
from trade.panels.language import say
from trade.ui.core import filters, navigation
from trade.ui.core.chart_panel import show_panel
from trade.ui.products import customs_controls, hs_controls


def by_customs_list() -> None:
    """The commodities of customs' tables."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        params = customs_controls.table()

    st.header(say("pages.products.categories"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        customs_controls.level(params)
    customs_controls.note_empty_group(params)
    show_panel(products.items, pick=lambda code: filters.choose("within", code))
    show_panel(products.split)

    st.header(say("pages.products.prices"), anchor=False)
    show_panel(products.prices, pick=lambda code: filters.choose("product", code))

    st.header(say("pages.products.item"), anchor=False)
    customs_controls.item(params)
    show_panel(products.item)
    if products.has_price(filters.choices()):
        show_panel(products.price)

    st.header(say("pages.products.high_tech"), anchor=False)
    show_panel(products.high_tech)

    st.header(say("pages.products.new_three"), anchor=False)
    show_panel(products.new_three)

    st.header(say("pages.products.robots"), anchor=False)
    show_panel(products.robots)

    hs_controls.note_unloaded()


def by_hs_code() -> None:
    """Trade by code of the Harmonized System."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        params = hs_controls.question()

    st.header(say("pages.products.categories"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = hs_controls.level(params)
    parts = show_panel(products_hs.boxes)
    if parts:
        if products_hs.has_growth(parts.result):
            show_panel(products_hs.split, pick=hs_controls.open_up)
        st.header(say("hs.one"), anchor=False)
        hs_controls.code(view)
        show_panel(products_hs.item)
        show_panel(products_hs.partners)

    if hs_trade.compares_exports(params):
        st.header(say("hs.advantage"), anchor=False)
        show_panel(products_hs.advantage, pick=hs_controls.open_up)

    st.header(say("hs.diversification"), anchor=False)
    show_panel(products_hs.spread)


navigation.ensure_app()
navigation.header("products")
if hs_controls.chosen():
    by_hs_code()
else:
    by_customs_list()

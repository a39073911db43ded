"""Products: what does China sell and buy, which goods made trade grow, and was it price or quantity?"""

import streamlit as st

from trade.charts import commodity, groups, time
from trade.ui import hs, hs_sheet, messages_products, navigation, products, queries, scope
from trade.ui.errors import calm
from trade.ui.frame import show
from trade.ui.language import say

navigation.stand()
navigation.header("products")

held = hs.held()
by_code = hs.chosen(held)
if by_code is not None:
    hs_sheet.draw(by_code)
else:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = products.ask()

    st.header(say("pages.products.categories"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        listed = products.list_control(asked)
        within = products.within_control(asked, listed)
    products.tell_shut(asked, listed)
    with calm():
        level = products.level(asked, listed, within)
        show(
            level,
            commodity.items,
            messages_products.items(level),
            key="items",
            notes=messages_products.item_notes(level),
            pick=lambda code: scope.choose("within", code),
        )
    with calm():
        parts = products.contributions(asked, listed, within)
        show(
            parts,
            commodity.split,
            messages_products.split(parts),
            key="split",
            about=messages_products.about(parts, say("products.split_about")),
            notes=messages_products.split_notes(parts),
        )

    st.header(say("pages.products.prices"), anchor=False)
    with calm():
        prices = queries.measure("price_quantity", **asked)
        show(
            prices,
            commodity.price_and_quantity,
            messages_products.prices(prices),
            key="prices",
            notes=[say("products.prices_note")],
            pick=lambda code: scope.choose("product", code),
        )

    st.header(say("pages.products.item"), anchor=False)
    product = products.item_control(asked)
    with calm():
        item = products.over_time(asked, product)
        chart = time.year_to_date if asked["freq"] == "YTD" else time.amount_and_growth
        show(item, chart, messages_products.item(item), key="item", notes=[messages_products.quantity(item)])
        priced = products.prices_over_time(asked, product)
        if priced:
            show(
                priced,
                commodity.price_over_time,
                messages_products.price_of(priced),
                key="price",
                notes=[say("products.price_note")],
            )

    st.header(say("pages.products.high_tech"), anchor=False)
    with calm():
        high_tech = queries.measure("high_tech")
        show(
            high_tech,
            groups.definitions,
            messages_products.high_tech(high_tech),
            key="high_tech",
            about=messages_products.about(high_tech, say("products.high_tech_about")),
            notes=messages_products.high_tech_notes(high_tech),
        )

    st.header(say("pages.products.new_three"), anchor=False)
    with calm():
        three = queries.measure("new_three")
        show(
            three,
            groups.new_three,
            messages_products.new_three(three),
            key="new_three",
            about=messages_products.about(three, say("pages.products.new_three")),
            notes=messages_products.new_three_notes(three),
        )

    st.header(say("pages.products.robots"), anchor=False)
    with calm():
        robots = queries.measure("industrial_robots")
        show(
            robots, groups.robots, messages_products.robots(robots), key="robots", notes=messages_products.robot_notes()
        )

    hs.tell_unloaded(held)

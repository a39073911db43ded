"""Products: what does China sell and buy, which goods made trade grow, and was it price or quantity?"""

import streamlit as st

from trade.charts import customs_commodities, product_groups, time_series
from trade.panels import queries
from trade.panels.language import say
from trade.panels.messages import products
from trade.ui.core import filters, navigation
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import show_errors
from trade.ui.products import customs_options, hs_options, hs_sheet

navigation.ensure_app()
navigation.header("products")

held = hs_options.held()
by_code = hs_options.chosen(held)
if by_code is not None:
    hs_sheet.draw(by_code)
else:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = customs_options.ask()

    st.header(say("pages.products.categories"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        listed = customs_options.list_control(asked)
        within = customs_options.within_control(asked, listed)
    customs_options.tell_shut(asked, listed)
    with show_errors():
        level = customs_options.level(asked, listed, within)
        show(
            level,
            customs_commodities.items,
            products.items(level),
            key="items",
            notes=products.item_notes(level),
            pick=lambda code: filters.choose("within", code),
        )
    with show_errors():
        parts = customs_options.contributions(asked, listed, within)
        show(
            parts,
            customs_commodities.split,
            products.split(parts),
            key="split",
            about=products.about(parts, say("products.split_about")),
            notes=products.split_notes(parts),
        )

    st.header(say("pages.products.prices"), anchor=False)
    with show_errors():
        prices = queries.measure("price_quantity", **asked)
        show(
            prices,
            customs_commodities.price_and_quantity,
            products.prices(prices),
            key="prices",
            notes=[say("products.prices_note")],
            pick=lambda code: filters.choose("product", code),
        )

    st.header(say("pages.products.item"), anchor=False)
    product = customs_options.item_control(asked)
    with show_errors():
        item = customs_options.over_time(asked, product)
        chart = time_series.year_to_date if asked["freq"] == "YTD" else time_series.amount_and_growth
        show(item, chart, products.item(item), key="item", notes=[products.quantity(item)])
        priced = customs_options.prices_over_time(asked, product)
        if priced:
            show(
                priced,
                customs_commodities.price_over_time,
                products.price_of(priced),
                key="price",
                notes=[say("products.price_note")],
            )

    st.header(say("pages.products.high_tech"), anchor=False)
    with show_errors():
        high_tech = queries.measure("high_tech")
        show(
            high_tech,
            product_groups.definitions,
            products.high_tech(high_tech),
            key="high_tech",
            about=products.about(high_tech, say("products.high_tech_about")),
            notes=products.high_tech_notes(high_tech),
        )

    st.header(say("pages.products.new_three"), anchor=False)
    with show_errors():
        three = queries.measure("new_three")
        show(
            three,
            product_groups.new_three,
            products.new_three(three),
            key="new_three",
            about=products.about(three, say("pages.products.new_three")),
            notes=products.new_three_notes(three),
        )

    st.header(say("pages.products.robots"), anchor=False)
    with show_errors():
        robots = queries.measure("industrial_robots")
        show(
            robots,
            product_groups.robots,
            products.robots(robots),
            key="robots",
            notes=products.robot_notes(),
        )

    hs_options.tell_unloaded(held)

"""Services: how much does China trade in services, and what is known about digital trade and investment?"""

import streamlit as st

from trade.panels import services
from trade.panels.language import say
from trade.text.markdown import prose
from trade.ui.core import filters, navigation, page_assets
from trade.ui.core.chart_panel import show_panel, side_by_side

navigation.ensure_app()
navigation.header("services")
with page_assets.chart_first_on_phones("services"):
    st.markdown(prose(say("services.two_counts")))
    with st.container():
        st.header(say("pages.services.payments"), anchor=False)
        show_panel(services.quarters)
filters.control("service")
show_panel(services.balance)

st.header(say("pages.services.categories"), anchor=False)
filters.period_control(services.periods())
show_panel(services.categories)

st.header(say("pages.services.ministry"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    filters.control("counted")
    filters.control("freq", options=services.FREQUENCIES)
show_panel(services.ministry)

st.header(say("pages.services.digital"), anchor=False)
side_by_side(services.digital, services.ecommerce)

st.header(say("pages.services.investment"), anchor=False)
filters.control("currency")
side_by_side(services.capital, services.investment)

"""Overview: how large is China's trade in goods, who made it grow, how widely, and what does the newest month say?"""

from functools import partial

import streamlit as st

from trade.panels import overview, queries
from trade.panels.language import say, sentences_of
from trade.panels.messages import common
from trade.text.markdown import prose
from trade.ui.core import cards, filters, navigation, page_links
from trade.ui.core.chart_panel import show_panel

navigation.ensure_app()
navigation.header("overview")
currency = filters.control("currency")


def cards_of(freq: str, *flows: str, heading: str, across: int) -> None:
    """Under its heading with the newest period: a card per flow, and the balance last."""
    newest = queries.measure("growth", flow="total", currency=currency, freq=freq)
    st.header(say(f"pages.overview.{heading}", period=common.newest_name(newest)), anchor=False)
    shown = [partial(cards.flow_card, flow, currency, freq) for flow in flows]
    cards.row([*shown, partial(cards.balance_card, currency, freq)], across=across)


year, month = st.columns([2, 1], gap="medium")
with year:
    cards_of("A", "total", "export", "import", heading="year", across=2)
    st.markdown(prose(sentences_of([cards.run_of_growth(currency), cards.two_rates()])))
with month:
    cards_of("M", "export", "import", heading="month", across=1)

period = overview.newest_year(filters.choices())
show_panel(overview.levels)
page_links.link("growth", say("onward.growth"), flow="total", freq="A")
show_panel(overview.contribution)
page_links.link("growth", say("onward.contribution"), flow="export", period=period, by="partner")
page_links.link("products", say("onward.products"), flow="export", period=period)
show_panel(overview.growing)
page_links.link("diversification", say("onward.diversification"), flow="total", period=period)
page_links.link("destinations", say("onward.destinations"), period=period)

cards_of("YTD", "total", "export", "import", heading="ytd", across=4)
page_links.link("outlook", say("onward.outlook"))
page_links.link("factcheck", say("onward.factcheck"), stated=period)

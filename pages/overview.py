"""Overview: how large is China's trade in goods, who made it grow, how widely, and what does the newest month say?"""

from functools import partial

import streamlit as st

from trade.charts import concentration, contributions, time_series
from trade.ui import messages
from trade.ui import messages_diversification as markets
from trade.ui.core import cards, filters, navigation, page_links, queries
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import calm
from trade.ui.core.language import prose, say, sentences_of

navigation.stand()
navigation.header("overview")
currency = filters.control("currency")


def cards_of(freq: str, *flows: str, heading: str, across: int) -> None:
    """Under its heading with the newest period: a card per flow, and the balance last."""
    newest = queries.measure("growth", flow="total", currency=currency, freq=freq)
    st.header(say(f"pages.overview.{heading}", period=messages.newest_name(newest)), anchor=False)
    shown = [partial(cards.flow_card, flow, currency, freq) for flow in flows]
    cards.row([*shown, partial(cards.balance_card, currency, freq)], across=across)


year, month = st.columns([2, 1], gap="medium")
with year:
    cards_of("A", "total", "export", "import", heading="year", across=2)
    st.markdown(prose(sentences_of([cards.run_of_growth(currency), cards.two_rates()])))
with month:
    cards_of("M", "export", "import", heading="month", across=1)

with calm():
    known = queries.measure("growth", flow="total", currency=currency, freq="A")
    period = known.frame["period"].iloc[-1]
    shown = queries.narrowed(known, filters.first_period(period, "20", "A"))
    message, notes = messages.growth(shown, period), messages.growth_notes(shown)
    show(shown, time_series.amount_and_growth, message, key="levels", chosen=period, notes=notes)
    page_links.link("growth", say("onward.growth"), flow="total", freq="A")
with calm():
    split = queries.contribution("continent", "export", period, currency, "all")
    show(split, contributions.waterfall, messages.contribution(split), key="contribution")
    page_links.link("growth", say("onward.contribution"), flow="export", period=period, by="partner")
    page_links.link("products", say("onward.products"), flow="export", period=period)
with calm():
    grew = queries.measure("growing_markets", flow="total", currency=currency, first=period, last=period)
    notes = markets.growing_notes(grew)
    show(grew, concentration.growing, markets.growing(grew), key="growing", notes=notes)
    page_links.link("diversification", say("onward.diversification"), flow="total", period=period)
    page_links.link("destinations", say("onward.destinations"), period=period)

cards_of("YTD", "total", "export", "import", heading="ytd", across=4)
page_links.link("outlook", say("onward.outlook"))
page_links.link("factcheck", say("onward.factcheck"), stated=period)

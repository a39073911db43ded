"""Overview: how large is China's trade in goods, is it growing, and what does the newest month say?"""

from functools import partial

import streamlit as st

from trade.charts import time
from trade.ui import cards, messages, navigation, queries, scope
from trade.ui.frame import show
from trade.ui.language import prose, say
from trade.ui.messages import newest_name

navigation.stand()
navigation.header("overview")
currency = scope.control("currency")

for freq, heading in (("A", "year"), ("M", "month"), ("YTD", "ytd")):
    newest = queries.measure("growth", flow="total", currency=currency, freq=freq)
    st.header(say(f"pages.overview.{heading}", period=newest_name(newest)), anchor=False)
    if freq == "A":
        st.markdown(prose(f"{cards.run_of_growth(currency)} {cards.two_rates()}"))
    flows = [partial(cards.flow_card, flow, currency, freq) for flow in ("total", "export", "import")]
    cards.row([*flows, partial(cards.balance_card, currency, freq)])
    if freq == "A":
        balance = queries.measure("balance", currency=currency, freq=freq)
        show(balance, time.balance, messages.balance(balance), key="balance")

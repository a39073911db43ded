"""Overview: the newest month and the year, where China sells on a map, three questions to start with, official
statements."""

from functools import partial

import streamlit as st

from trade.panels import overview, queries
from trade.panels.language import say, sentences_of
from trade.panels.messages import common
from trade.text.markdown import prose
from trade.ui.core import cards, clicks, filters, navigation, page_assets, page_links
from trade.ui.core.chart_panel import show_panel
from trade.ui.overview import newest_statements

# Pixels: two halves of this width fit the page's column; on a narrower map, names and legend would overlap.
MAP_WIDTH = 470

navigation.ensure_app()
navigation.header("overview")
with st.container(horizontal=True, vertical_alignment="bottom"):
    freq = filters.control("freq", options=overview.FREQUENCIES)
    currency = filters.control("currency")
period = overview.newest_period(filters.choices())
year = period[:4]
sheet_year = year if freq == "A" else ""  # sheets have whole years only; empty: the newest


def newest(freq: str) -> str:
    """The name of the newest period of that frequency."""
    return common.newest_name(queries.growth("total", currency, freq))


def ways_in() -> None:
    """Three questions to start from."""
    st.subheader(say("pages.overview.start"), anchor=False)
    for page, fields in overview.WAYS.items():
        page_links.link(page, say(f"start.{page}", period=overview.newest_year(filters.choices())), **fields)


halves = st.grid(2, min_column_width=MAP_WIDTH, gap="medium")
with halves.container():
    heading = "pages.overview.now" if freq == "A" else "pages.overview.now_quarter"
    st.header(say(heading, month=newest("M"), year=year, quarter=newest(freq)), anchor=False)
    pairs = [(flow, each) for flow in ("export", "import", "total") for each in ("M", freq)]
    shown = [partial(cards.flow_card, flow, currency, each) for flow, each in pairs]
    shown += [partial(cards.balance_card, currency, each) for each in ("M", freq)]
    cards.row("now", shown, across=2)
with halves.container(), page_assets.half_with_chart("map"):
    show_panel(
        overview.world_map,
        pick=lambda code: clicks.go("partner", partner=code, flow="export", freq=freq, period=sheet_year),
        cue=say("cue.open_sheet"),
    )
    ways_in()
    with st.container(key="brief_text"):
        st.markdown(prose(sentences_of([cards.run_of_growth(currency), cards.two_rates()])))
    newest_statements.draw()

show_panel(overview.levels)
page_links.link("growth", say("onward.growth"), chart="levels", flow="total", freq=freq)
show_panel(
    overview.contribution,
    pick=lambda code: clicks.go(
        "growth", chart="contribution", flow="export", freq=freq, period=period, by="partner", continent=code
    ),
    cue=say("cue.open_continent"),
)
page_links.link(
    "growth", say("onward.contribution"), chart="contribution", flow="export", freq=freq, period=period, by="partner"
)
page_links.link("products", say("onward.products"), chart="split", flow="export", freq=freq, period=period)
show_panel(overview.growing)
page_links.link("diversification", say("onward.diversification"), chart="swarm", flow="total", freq=freq, period=period)
page_links.link("destinations", say("onward.destinations"), chart="ranking", freq=freq, period=period)

st.header(say("pages.overview.ytd", period=newest("YTD")), anchor=False)
year_to_date = [partial(cards.flow_card, flow, currency, "YTD") for flow in ("total", "export", "import")]
cards.row("year_to_date", [*year_to_date, partial(cards.balance_card, currency, "YTD")], across=4)
page_links.link("outlook", say("onward.outlook"), chart="so_far")
page_links.link("factcheck", say("onward.factcheck"), chart="tally", stated=year)

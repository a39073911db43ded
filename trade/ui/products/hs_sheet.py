"""The goods by HS code of one economy: what trade consists of, one code over time, advantage and diversification."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.charts import concentration, hs_products, time_series
from trade.measures import Result
from trade.panels import queries
from trade.panels.language import say
from trade.panels.messages import hs
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import show_errors
from trade.ui.products import hs_options


def draw(known: pd.DataFrame) -> None:
    """The whole view of what is `known` (`hs.held`), its controls first."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked, period = hs_options.ask(known)
    st.header(say("pages.products.categories"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        depth = hs_options.level(asked, known)
        within = hs_options.inside(asked, period, depth)
    with show_errors():
        shown = hs_options.parts(asked, period, depth, within)
        _parts(shown, hs_options.titles(asked, period, hs_options.above(depth)) if depth != "section" else {})
        st.header(say("hs.one"), anchor=False)
        _item(asked, period, hs_options.code_control(asked, period, shown))
    _spread(asked, period, depth, within)


def _parts(shown: Result, parents: dict[str, str]) -> None:
    names = {code: title.partition(" ")[2] for code, title in parents.items()}
    message, notes, about = hs.items(shown), hs.item_notes(shown), hs.about(shown)
    show(shown, hs_products.treemap, message, key="hs_map", notes=notes, about=about, parents=names)
    if shown.frame["contribution_pp"].notna().any():
        about = hs.about(shown, say("products.split_about"))
        show(shown, hs_products.split, hs.split(shown), key="hs_split", about=about, pick=hs_options.open_up)


def _item(asked: hs_options.Asked, period: str, code: str) -> None:
    over_time = queries.measure("hs_item", product=code, **asked)
    notes, about = hs.quality_notes(over_time), hs.about(over_time)
    show(
        over_time,
        time_series.amount_and_growth,
        hs.item(over_time),
        key="hs_item",
        notes=notes,
        about=about,
        chosen=period,
    )
    with show_errors():
        found = hs_options.partners(asked, period, code)
        chapter = code[:2] if code.isdigit() else code
        title = hs_options.titles(asked, period, "chapter" if code.isdigit() else "section").get(chapter, chapter)
        message, about = hs.partners(found, title), hs.about(found)
        show(found, hs_products.partners, message, key="hs_partners", notes=hs.quality_notes(found), about=about)


def _spread(asked: hs_options.Asked, period: str, depth: str, within: str) -> None:
    if asked["flow"] == "export" and asked["freq"] == "A":
        st.header(say("hs.advantage"), anchor=False)
        with show_errors():
            found = hs_options.advantage(asked, period, depth, within)
            message, notes = hs.advantage(found), hs.advantage_notes(found)
            about = hs.about(found)
            show(
                found,
                hs_products.advantage,
                message,
                key="hs_advantage",
                notes=notes,
                about=about,
                pick=hs_options.open_up,
            )
    st.header(say("hs.diversification"), anchor=False)
    with show_errors():
        spread = hs_options.diversification(asked, depth)
        message, about = hs.diversification(spread), hs.about(spread)
        notes = [say("markets.reference")] if spread.frame["reporter"].nunique() > 1 else []
        column = "effective_products"
        show(spread, concentration.gauge, message, key="hs_spread", notes=notes, about=about, column=column)

"""Which partner a sheet is about, where to go on from it, and how it is printed.

A partner is asked for by code, or by name in either language: the search box and a link take both.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.errors import NoRows, shorten
from trade.panels import partner_names, queries
from trade.panels.fields import CONTINENTS, FIELDS
from trade.panels.language import lang, say
from trade.text.markdown import plain, prose
from trade.ui.core import filters, page_links
from trade.ui.core.language import small

FIRST = "USA"
"""Whose sheet is shown to a reader who has not chosen: the largest partner."""
LAST_YEAR = 9000
"""A membership that goes on ends later than this year."""
_PRINT = """
<style>
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSelectbox"],
  [data-testid="stButtonGroup"], [data-testid="stButton"], [data-testid="stExpander"], .st-key-sheet_links {
    display: none !important; }
  [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; overflow: visible !important; height: auto !important; }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; zoom: 0.6; }
  [class*="st-key-chart_"], [data-testid="stMetric"] { break-inside: avoid; }
  :has(> [data-testid="stHeading"]) { break-after: avoid; }
  @page { margin: 15mm; }
}
</style>
"""
"""On paper: no menu, no controls, the whole height instead of what a screen shows of it, no chart cut in two; a column
as wide as on screen fits the width of a sheet."""


def printable() -> None:
    """Let the page be printed as a sheet."""
    st.html(_PRINT)


def search() -> str:
    """The search box, and the code of the partner asked for; empty if there is no such partner, which is then told."""
    names = partner_names.known()
    asked = filters.value("partner") or FIRST
    code = partner_names.resolve(asked, names)
    if code and filters.value("partner"):
        filters.choose("partner", code)
    key, labels = "scope_partner", partner_names.labels()
    st.session_state[key] = code or None
    st.selectbox(
        say("partner.search"),
        list(names),
        key=key,
        index=None,
        placeholder=say("partner.hint"),
        format_func=lambda one: labels.get(one, one),
        accept_new_options=True,
        on_change=_asked,
    )
    if not code:
        _unknown(asked, names)
    return code


def title(code: str) -> None:
    """The partner's name, and the groups it belongs to."""
    st.header(plain(partner_names.name_of(code)), anchor=False)
    try:
        groups = queries.measure("memberships", economy=code)
    except NoRows:
        return
    told = [_membership(row) for row in groups.frame.to_dict("records")]
    small(prose(" · ".join([code, *told])))


def _membership(row: dict) -> str:
    """A group with the years of membership, where they have an end or a beginning."""
    group = str(row.get(f"name_{lang()}") or row["name_en"])
    first, last = ("" if pd.isna(row[key]) else str(row[key])[:4] for key in ("valid_from", "valid_to"))
    if last:
        return say("partner.until", group=group, first=first, last=last)
    return say("partner.since", group=group, year=first) if first else group


def links(code: str, flow: str) -> None:
    """Where to go on with the same selection."""
    continent = _continent(code)
    with st.container(horizontal=True, key="sheet_links"):
        if continent in CONTINENTS:
            words = {"flow": say(f"flow_low.{flow}"), "continent": FIELDS["continent"].label(continent)}
            page_links.link("growth", say("partner.to_growth", **words), continent=continent, by="partner")
        page_links.link("destinations", say("partner.to_destinations", name=partner_names.name_of(code)), partner=code)
        page_links.link("products", say("partner.to_products"))


def _continent(code: str) -> str:
    rows = queries.measure("partners").frame
    found = rows.loc[rows["partner"] == code, "continent"]
    return str(found.iloc[0]) if len(found) else ""


def _asked() -> None:
    """The search box was used; emptied, it goes back to the first partner."""
    filters.choose("partner", str(st.session_state["scope_partner"] or ""))


def _unknown(asked: str, names: partner_names.Names) -> None:
    """Say why there is no sheet, and offer partners that have one."""
    economies = queries.measure("economies").frame
    other = economies[economies["economy"] == asked.strip().upper()]
    if asked.strip().casefold() == "eu":
        members = set(economies.loc[economies["eu_last"] > LAST_YEAR, "economy"])
        reason, offered = say("partner.eu"), [code for code in names if code in members][: partner_names.NEAR]
    elif len(other):
        reason, offered = (
            say("partner.no_trade", name=other.iloc[0][f"name_{lang()}"]),
            list(names)[: partner_names.NEAR],
        )
    else:
        reason, offered = say("partner.unknown", name=shorten(asked)), partner_names.nearest(asked, names)
    st.warning(plain(reason))
    with st.container(horizontal=True):
        for code in offered:
            st.button(
                plain(partner_names.label(code, names)),
                key=f"near_{code}",
                on_click=filters.choose,
                args=("partner", code),
            )

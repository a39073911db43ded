"""What stands around a partner's sheet: its title with memberships, links to other pages."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.errors import NoRows
from trade.panels import partner_names, queries
from trade.panels.fields import CONTINENTS, FIELDS
from trade.panels.language import lang, say
from trade.text.markdown import plain, prose
from trade.ui.core import page_links
from trade.ui.core.language import small


def title(code: str) -> None:
    """The partner's name, and the groups it belongs to."""
    st.header(plain(partner_names.name_of(code)), anchor=False)
    try:
        groups = queries.measure("memberships", economy=code)
    except NoRows:
        return
    memberships = [_membership(row) for row in groups.frame.to_dict("records")]
    small(prose(" · ".join([code, *memberships])))


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
            to_growth = say("partner.to_growth", **words)
            page_links.link("growth", to_growth, chart="contribution", continent=continent, by="partner")
        to_ranking = say("partner.to_destinations", name=partner_names.name_of(code))
        page_links.link("destinations", to_ranking, chart="ranking", partner=code)
        page_links.link("products", say("partner.to_products"))


def _continent(code: str) -> str:
    """The customs continent of a partner; empty if it has none."""
    rows = queries.measure("partners").frame
    matches = rows.loc[rows["partner"] == code, "continent"]
    return str(matches.iloc[0]) if len(matches) else ""

"""The frame of a partner's sheet: its title with memberships, and links to other pages."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.errors import NoRows
from trade.panels import partner_names, queries
from trade.panels.compare import KINDS, MOST
from trade.panels.fields import CONTINENTS, FIELDS
from trade.panels.language import lang, say
from trade.store import own_groups
from trade.store.own_groups import is_group, is_own
from trade.text.markdown import plain, prose
from trade.ui.core import page_links
from trade.ui.core.text_blocks import small

_WHOLE_RANKING = {"side": "own", "freq": "A", "continent": "all", "grew": "all", "ratio": "any", "least": "0"}
"""Choices that reset all filters, so that the market in focus is among those shown."""
LONGEST_LINKED = 200
"""Longest code of a user-defined group that fits into a link together with other codes."""


def title(code: str) -> None:
    """The partner's name."""
    st.header(plain(partner_names.name_of(code)), anchor=False)


def memberships(code: str) -> None:
    """The groups that an economy belongs to, or what a group is."""
    if is_group(code):
        small(prose(partner_names.about_group(code)))
        return
    try:
        groups = queries.measure("memberships", economy=code)
    except NoRows:
        return
    joined = [_membership(row) for row in groups.frame.to_dict("records")]
    small(prose(" · ".join([code, *joined])))


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
            page_links.link("growth", to_growth, chart="contribution", freq="A", continent=continent, by="partner")
        if not is_group(code):
            to_ranking = say("partner.to_destinations", name=partner_names.name_of(code))
            page_links.link("destinations", to_ranking, chart="ranking", **_WHOLE_RANKING, partner=code)
        if code != "world" and not (is_own(code) and len(code) > LONGEST_LINKED):
            rest = own_groups.rest_of_world(say("partner.rest"), *partner_names.parts_of(code))
            page_links.link("partner", say("partner.to_rest", name=partner_names.name_of(code)), partner=rest)
        to_compare = say("partner.to_compare", name=partner_names.name_of(code))
        others = [other for other in KINDS["partners"].first if other != code][: MOST - 1]
        if len(code) <= LONGEST_LINKED:
            page_links.link(
                "compare", to_compare, chart="lines", of="partners", entities=",".join([code, *others]), freq="A"
            )
        page_links.link("products", say("partner.to_products"), chart="items", goods="customs")


def _continent(code: str) -> str:
    """The customs continent of a partner; empty if it has none."""
    rows = queries.measure("partners").frame
    matches = rows.loc[rows["partner"] == code, "continent"]
    return str(matches.iloc[0]) if len(matches) else ""

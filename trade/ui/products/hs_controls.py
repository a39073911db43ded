"""Controls of the products by code of the Harmonized System: whose trade, source, period, level, part, one code."""

from __future__ import annotations

import streamlit as st

from trade.panels.fields import FIELDS
from trade.panels.language import say
from trade.panels.queries import hs_trade
from trade.panels.queries.hs_trade import Question, View
from trade.text.markdown import plain
from trade.ui.core import filters

COMMANDS = "trade update cepii_baci -o folder=...\ntrade update comtrade -o product=chapter"
"""How trade by HS code is loaded: the world's, or what one economy reports."""


def goods_view() -> str:
    """The control of the view of the goods, where there is a choice; the view chosen."""
    return filters.control("goods") if hs_trade.loaded() else "customs"


def note_unloaded() -> None:
    """Where there is no trade by HS code: say so, with the commands that load it."""
    if not hs_trade.loaded():
        st.header(say("pages.products.hs"), anchor=False)
        st.markdown(plain(say("hs.unloaded")))
        st.code(COMMANDS, language="sh")


def question() -> Question:
    """The controls of economy, flow, period, level and, where there are several, frequency and source, and the question
    that they make."""
    names = hs_trade.reporters()
    filters.control("reporter", options=list(names), words=lambda code: names[code])
    filters.control("flow", options=hs_trade.flows(filters.choices()))
    with filters.more("freq", "origin", "level"):
        filters.control("level", options=hs_trade.levels(filters.choices()))
        _where_several("freq", hs_trade.freqs(filters.choices()))
        origins = hs_trade.origin_names(hs_trade.origins(filters.choices()))
        _where_several("origin", list(origins), origins)
    params = hs_trade.question(filters.choices())
    filters.period_control(hs_trade.periods(params))
    return params


def _where_several(name: str, options: list[str], words: dict[str, str] | None = None) -> None:
    """The control of a field, if there is more than one option or another is chosen."""
    if len(options) > 1 or filters.value(name) not in (*options, FIELDS[name].default):
        filters.control(name, options=options, words=words.__getitem__ if words else None)


def level(params: Question) -> View:
    """The control of the part to look inside, and what all controls put in force."""
    depth = hs_trade.level_in_force(filters.choices())
    period = filters.choices().period(hs_trade.periods(params))
    names = hs_trade.insides(filters.choices(), params, period, depth)
    options = ["all", *sorted(names, key=hs_trade.place)]
    filters.control("inside", options=options, words=lambda code: names.get(code) or say("scope.inside.all"))
    return hs_trade.view(filters.choices())


def code(view: View) -> None:
    """The control of the code to follow over time."""
    names = hs_trade.code_names(view, filters.value("code"))
    filters.control("code", options=list(names), words=lambda code: names[code])


def open_up(code: str) -> None:
    """A part was clicked: look inside it as far as the data go, else follow it over time."""
    deeper = {0: "chapter", 2: "heading", 4: "subheading"}.get(len(code) if code.isdigit() else 0, "")
    if deeper in hs_trade.levels(filters.choices()):
        filters.choose("level", deeper)
        filters.choose("inside", code)
    filters.choose("code", code)

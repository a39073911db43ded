"""Measures for pages: run once per store version and parameters, then kept. Results are shared: never change one."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from trade import measures
from trade.errors import NoRows
from trade.measures import Result, SourceNote, translations
from trade.store import Store, open_store
from trade.text import formats
from trade.ui.core.cache import ANSWERS, kept, key_of
from trade.ui.core.language import lang, say

P = ParamSpec("P")
T = TypeVar("T")
Value = str | int | float | bool | None


_PINNED = "store of this view"
_NOW: ContextVar[Store | None] = ContextVar("store of this run", default=None)
"""The same while a run is on: it is asked for at every answer."""


def pin() -> None:
    """Take the store in service now for all of this run of the page: an update in the midst of it is seen at the
    next click, and no view mixes two stores. `first_visit.ensure` sees to it that there is one.

    Raises:
        StoreMissing, StoreDamaged: there is none.
    """
    opened = open_store()
    st.session_state[_PINNED] = opened
    _NOW.set(opened)


def let_go() -> None:
    """The run is over: whatever comes next in its thread asks the session."""
    _NOW.set(None)


def store() -> Store:
    """The store of this view; outside the frame the one in service."""
    pinned: Store | None = _NOW.get() or st.session_state.get(_PINNED)
    return pinned or open_store()


def measure(name: str, **params: Value) -> Result:
    """The measure's rows for these parameters, from memory if they were asked before.

    Raises:
        TradeError: the question is not well put, or the store holds nothing that answers it.
    """
    return _run(store(), name, tuple(sorted(params.items())), lang())


def _run(opened: Store, name: str, params: tuple[tuple[str, Value], ...], language: str) -> Result:
    def make() -> Result:
        if language == translations.SOURCE:
            return measures.run(opened, name, **dict(params))
        return translations.result_in(_run(opened, name, params, translations.SOURCE), language)

    return ANSWERS.get((opened.version, name, params, language), make)


def ask_ahead(opened: Store) -> None:
    """Ask what the first page asks, so that its first reader finds the answers.

    Raises:
        TradeError: the store cannot be read.
    """
    for currency in ("CNY", "USD"):
        for freq in ("A", "M", "YTD"):
            for flow in ("total", "export", "import"):
                _ask(opened, "growth", flow=flow, currency=currency, freq=freq)
            _ask(opened, "balance", currency=currency, freq=freq)


def _ask(opened: Store, name: str, **params: Value) -> Result:
    return _run(opened, name, tuple(sorted(params.items())), translations.SOURCE)


def per_store(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what `make` returns, per version of the store, language and arguments: for what is put together of answers.

    It may hang on nothing else: not on the reader's choices, unless they are among the arguments.
    """

    @wraps(make)
    def found(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (store().version, lang(), make, key_of(args), key_of(kwargs))
        return ANSWERS.get(key, lambda: make(*args, **kwargs), (args, kwargs))

    return found


def sources(ids: list[str]) -> list[SourceNote]:
    """Who made the figures behind a result."""
    return _sources(tuple(ids))


@per_store
def _sources(ids: tuple[str, ...]) -> list[SourceNote]:
    return [translations.note_in(note, lang()) for note in measures.describe_sources(store(), list(ids))]


@kept(ANSWERS)
def narrowed(result: Result, first: str | None) -> Result:
    """The same result from the period `first` on.

    Raises:
        NoRows: no row is left.
    """
    if first is None:
        return result
    kept = result.frame[result.frame["period"] >= first].reset_index(drop=True)
    if kept.empty:
        raise NoRows.of("none_from", title=result.measure.title, first=first)
    return replace(result, frame=kept, params=result.params | {"first": first})


@per_store
def index(flow: str, currency: str, freq: str, first: str | None) -> Result:
    """The rebased index from `first` on. Its base is the first year, or the first period if the year is not whole."""
    levels = narrowed(measure("growth", flow=flow, currency=currency, freq=freq), first).frame["period"]
    asked = {"flow": flow, "currency": currency, "freq": freq, "first": levels.iloc[0]}
    try:
        return measure("index", base=levels.iloc[0][:4], **asked)
    except NoRows:
        return measure("index", base=levels.iloc[0], **asked)


@kept(ANSWERS)
def with_both_rates(result: Result) -> Result:
    """The periods for which both the published rate and that of first releases are known."""
    kept = result.frame.dropna(subset=["growth_pct", "growth_first_pct"]).reset_index(drop=True)
    if kept.empty:
        raise NoRows(say("message.no_both"))
    return replace(result, frame=kept)


@per_store
def contribution(by: str, flow: str, period: str, currency: str, continent: str) -> Result:
    """Who or what made the growth of a period; a month means January to that month.

    A continent opens into its partners.
    """
    within = {} if continent == "all" else {"continent": continent}
    by = "partner" if within else by
    words = {"by": say(f"scope.by.{by}").lower(), "flow": say(f"flow_low.{flow}")}
    try:
        split = measure("contribution", by=by, flow=flow, period=period, currency=currency, **within)
    except NoRows:
        told = formats.period(period, "YTD", lang())
        name = formats.currency_name(currency, lang())
        raise NoRows(say("message.no_contribution", period=told, currency=name, **words)) from None
    if not (split.frame["kind"] == "part").any():
        raise NoRows(say("message.no_parts", **words))
    return split


YOUNG = (20_000, 20, 20)
"""Objects before Python searches the youngest, and how many such searches before it searches older ones: a run makes
some ten thousand and leaves nearly none."""


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """After the first page of the process: what is loaded by now stays, and need not be searched for garbage.

    Streamlit collects all garbage after every run; freezing what was there gave five times the pages per second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG)
    atexit.register(gc.unfreeze)  # so that the process can clean up after itself

"""Measures for panels: run once per store version and parameters, then cached. Results are shared: never change one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result, SourceNote, describe_sources, find_measure, run, translations, within, without_span
from trade.measures.parameters import bind, with_period
from trade.measures.run import no_rows
from trade.panels.cache import RESULTS, cached, cached_per_store
from trade.panels.language import lang, say
from trade.panels.run_context import store
from trade.store import Store
from trade.text import formats
from trade.text.catalog import SOURCE

Value = str | int | float | bool | None


def measure(name: str, **params: Value) -> Result:
    """The measure's rows for these parameters, cached.

    Raises:
        TradeError: a parameter is wrong, or the store has no rows for these parameters.
    """
    return _run(store(), name, tuple(sorted(params.items())), lang())


def _run(opened: Store, name: str, params: tuple[tuple[str, Value], ...], language: str) -> Result:
    def make() -> Result:
        if language == SOURCE:
            entries = dict(params)
            wide = without_span(name, entries)
            if wide is None:
                return _answered(opened, name, entries)
            return within(opened, _run(opened, name, tuple(sorted(wide.items())), SOURCE), entries)
        return translations.result_in(_run(opened, name, params, SOURCE), language)

    return RESULTS.get((opened.version, name, params, language), make)


def _answered(opened: Store, name: str, entries: dict[str, Value]) -> Result:
    """The rows, cached under all parameters with defaults filled in: naming a default or omitting it gives one
    entry."""
    definition = find_measure(name)
    entries = with_period(definition, entries)
    params = bind(opened, definition, entries)
    result = RESULTS.get((opened.version, name, *params.items()), lambda: _rows(opened, name, entries))
    if result is None:
        raise no_rows(opened, definition, entries)  # with the parameters as this caller wrote them
    return result


def _rows(opened: Store, name: str, entries: dict[str, Value]) -> Result | None:
    try:
        return run(opened, name, **entries)
    except NoRows:
        return None


def prefetch(opened: Store) -> None:
    """Run the queries of the first page, so that its first user finds them cached.

    Raises:
        TradeError: the store cannot be read.
    """
    for currency in ("CNY", "USD"):
        for freq in ("A", "M", "YTD"):
            for flow in ("total", "export", "import"):
                _ask(opened, "growth", flow=flow, currency=currency, freq=freq)
            _ask(opened, "balance", currency=currency, freq=freq)


def _ask(opened: Store, name: str, **params: Value) -> Result:
    return _run(opened, name, tuple(sorted(params.items())), SOURCE)


def sources(ids: list[str]) -> list[SourceNote]:
    """Who made the figures behind a result."""
    return _sources(tuple(ids))


@cached_per_store
def _sources(ids: tuple[str, ...]) -> list[SourceNote]:
    return [translations.note_in(note, lang()) for note in describe_sources(store(), list(ids))]


@cached(RESULTS)
def narrowed(result: Result, first: str | None) -> Result:
    """The same result from the period `first` on.

    Raises:
        NoRows: no row is left.
    """
    if first is None:
        return result
    rows = result.frame[result.frame["period"] >= first].reset_index(drop=True)
    if rows.empty:
        raise NoRows("none_from", title=result.measure.title, first=first)
    return replace(result, frame=rows, params=result.params | {"first": first})


@cached_per_store
def index(flow: str, currency: str, freq: str, first: str | None) -> Result:
    """The rebased index from `first` on. Its base is the first year, or the first period if the year is not whole."""
    levels = narrowed(measure("growth", flow=flow, currency=currency, freq=freq), first).frame["period"]
    entries = {"flow": flow, "currency": currency, "freq": freq, "first": levels.iloc[0]}
    try:
        return measure("index", base=levels.iloc[0][:4], **entries)
    except NoRows:
        return measure("index", base=levels.iloc[0], **entries)


@cached(RESULTS)
def with_both_rates(result: Result) -> Result:
    """The periods for which both the published rate and that of first releases are known."""
    rows = result.frame.dropna(subset=["growth_pct", "growth_first_pct"]).reset_index(drop=True)
    if rows.empty:
        raise NoRows(say("message.no_both"))
    return replace(result, frame=rows)


def _newest_split(period: str, entries: dict[str, str]) -> str:
    """The newest of the twelve months (or four quarters) before `period` whose growth can be split into contributions;
    empty if none can."""
    if len(period) == len("2026") or entries["currency"] == "USD":  # dollars are split by year alone
        return ""
    freq, count = ("Q", 5) if "-Q" in period else ("M", 13)
    former = pd.period_range(end=pd.Period(period.replace("-Q", "Q"), freq=freq), periods=count)[-2::-1]
    codes = (str(part).replace("Q", "-Q") for part in former)
    return next((code for code in codes if _split(code, entries) is not None), "")


def last_month(period: str) -> str:
    """The December of a year; a month or quarter as it is."""
    return f"{period}-12" if len(period) == len("2026") else period


def _split(period: str, entries: dict[str, str]) -> Result | None:
    """Contributions to the growth of a period; None if unknown. Periods missing from the tables are skipped without a
    query."""
    if last_month(period) not in _split_periods():
        return None
    try:
        return measure("contribution", period=period, **entries)
    except NoRows:
        return None


@cached_per_store
def _split_periods() -> frozenset[str]:
    """The periods for which the customs table has the world total, which contributions are computed against."""
    return frozenset(store().query("SELECT DISTINCT period FROM group_month WHERE group_code = 'world'")["period"])


@cached_per_store
def growth(flow: str, currency: str, freq: str) -> Result:
    """A flow with its growth in every period; quarters are a measure of their own."""
    if freq != "Q":
        return measure("growth", flow=flow, currency=currency, freq=freq)
    quarters = measure("quarterly", flow=flow, currency=currency)
    return replace(quarters, params={**quarters.params, "freq": freq})


def contribution(by: str, flow: str, period: str, currency: str, continent: str) -> Result:
    """Contributions to the growth of a period; a month stands for January to that month.

    With a `continent`, its partners are the parts.
    """
    within = {} if continent == "all" else {"continent": continent}
    by = "partner" if within else by
    words = {"by": say(f"scope.by.{by}").lower(), "flow": say(f"flow_low.{flow}")}
    entries = {"by": by, "flow": flow, "currency": currency, **within}
    split = _split(period, entries)
    if split is None:
        name, newest = formats.currency_name(currency, lang()), _newest_split(period, entries)
        spans = {"period": formats.period(period, "YTD", lang()), "newest": formats.period(newest, "YTD", lang())}
        reason = "message.no_contribution_yet" if newest else "message.no_contribution"
        raise NoRows(say(reason, currency=name, **spans, **words))
    if not (split.frame["kind"] == "part").any():
        raise NoRows(say("message.no_parts", **words))
    return split

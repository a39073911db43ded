"""Run a measure on the store."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pandas as pd

from trade.errors import Message, NoRows, Value, in_language
from trade.measures import entity_names, models
from trade.measures.catalog import Measure, find_measure
from trade.measures.parameters import bind, with_period
from trade.measures.result import Result, SourceNote
from trade.measures.translations import measure_in
from trade.store import Store

_BY_ROW = ("partner", "partner_balance", "seasonally_adjusted", "moving_sum", "hs_item")
"""Slow measures that use `first` and `last` only to select rows."""


def run(store: Store, measure_id: str, /, **entries: Any) -> Result:
    """The measure's rows for these parameters.

    Raises:
        UnknownName, BadParameter: a parameter is wrong. NoRows: the store has no rows for the parameters.
    """
    measure = find_measure(measure_id)
    entries = with_period(measure, entries)
    params = bind(store, measure, entries)
    frame = _query(store, measure, params)
    if frame.empty:
        raise no_rows(store, measure, entries)
    frame = entity_names.add_names(store, measure, params, frame)
    return Result(measure, params, frame, store.version, tuple(map(str, frame.columns)))


def without_span(measure_id: str, entries: dict[str, Any]) -> dict[str, Any] | None:
    """The entries without first and last period, so that one result for the whole series can be cached and `within`
    selects the span from it. None if the measure's rows depend on the span, or if no span is given.

    Raises:
        BadParameter: the span is invalid.
    """
    if measure_id not in _BY_ROW:
        return None
    resolved = with_period(find_measure(measure_id), entries)
    remaining = {name: value for name, value in resolved.items() if name not in ("first", "last")}
    return remaining if any(resolved.get(name) not in (None, "") for name in ("first", "last")) else None


def within(store: Store, whole: Result, entries: dict[str, Any]) -> Result:
    """The result of `run` for the entries, selected from `whole`, the result for `without_span` of them.

    Raises:
        BadParameter: the span is invalid. NoRows: there are no rows in it.
    """
    measure = whole.measure
    entries = with_period(measure, entries)
    params = bind(store, measure, entries)
    first, last = params["first"], params["last"]
    periods = whole.frame["period"].tolist()
    selected = [(not first or code >= first) and (not last or code[: len(last)] <= last) for code in periods]
    if not any(selected):
        raise no_rows(store, measure, entries)
    return dataclasses.replace(whole, params=params, frame=whole.frame[selected].reset_index(drop=True))


def _query(store: Store, measure: Measure, params: dict[str, Any]) -> pd.DataFrame:
    frame = store.query(measure.sql, used(measure.sql, params))
    return models.get(measure.model)(frame, params) if measure.model else frame


def used(sql: str, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters named in the SQL: DuckDB rejects unused ones."""
    return {name: value for name, value in params.items() if re.search(rf"\${name}\b", sql)}


def describe_sources(store: Store, source_ids: list[str]) -> list[SourceNote]:
    """Descriptions of the sources, in the order of the ids; unknown ids are skipped."""
    fields = [field.name for field in dataclasses.fields(SourceNote)]
    frame = store.query(
        f"SELECT {', '.join(fields)} FROM fact.source WHERE list_contains($ids, source_id)", {"ids": source_ids}
    )
    rows = ({str(name): value for name, value in row.items()} for row in frame.to_dict("records"))
    notes = {row["source_id"]: SourceNote(**row | {"warnings": row["warnings"].split()}) for row in rows}
    return [notes[source_id] for source_id in source_ids if source_id in notes]


_FORM = ("currency", "freq", "dataset")
"""Parameters that decide how to measure, not what: the first to suggest changing if there are no rows."""


def no_rows(store: Store, measure: Measure, entries: dict[str, Any]) -> NoRows:
    """The error for parameters without rows; the message names them and suggests which to change."""
    conditions = [f"{name}={value}" for name, value in entries.items() if value is not None]
    return NoRows(
        "no_rows",
        title=lambda lang: measure_in(measure, lang).title,
        parameters=conditions or Message("default_question"),
        nearest=_lazily(lambda: _nearest(store, measure, entries)),
    )


def _lazily(find: Callable[[], Value]) -> Callable[[str], str]:
    """Compute a part of an error message only when the message is read, and only once: many callers discard the
    error."""
    known = cache(find)
    return lambda lang: str(in_language(known(), lang))


def _nearest(store: Store, measure: Measure, entries: dict[str, Any]) -> Value:
    """A suggestion: the periods with figures, another flow or currency, else the parameter to leave out."""
    times = [name for name in entries if measure.parameters[name].domain in ("period", "year")]
    usual = {name: measure.parameters[name].default for name in times}
    timeless = {name: value for name, value in entries.items() if name not in times}
    for value in _other_currencies(measure, entries):
        frame = _query(store, measure, bind(store, measure, entries | {"currency": value}))
        if not frame.empty:
            span = {name: entries[name] or usual[name] for name in times}
            return Message("with_value", added=f"currency={value}", span=_span(frame, span))
    if times and not (frame := _query(store, measure, bind(store, measure, timeless))).empty:
        return _span(frame, usual)
    for name, value in _left_to_default(measure, entries):
        frame = _query(store, measure, bind(store, measure, timeless | {name: value}))
        if not frame.empty:
            return Message("with_value", added=f"{name}={value}", span=_span(frame, usual))
    for name in sorted(timeless, key=lambda name: name not in _FORM):
        fewer = {other: value for other, value in timeless.items() if other != name}
        frame = _query(store, measure, bind(store, measure, fewer))
        if not frame.empty:
            return Message("without", dropped=f"{name}={entries[name]}", span=_span(frame, usual))
    return (lambda lang: measure_in(measure, lang).needs) if measure.needs else Message("ask_measures")


def _left_to_default(measure: Measure, entries: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Other values of flow and currency, if the user did not choose them."""
    for name in ("flow", "currency"):
        parameter = measure.parameters.get(name)
        if parameter is not None and entries.get(name) is None and isinstance(parameter.domain, list):
            yield from ((name, value) for value in parameter.domain if value != parameter.default)


def _other_currencies(measure: Measure, entries: dict[str, Any]) -> list[str]:
    """The currencies other than the chosen one: some tables exist in one of them only."""
    parameter, chosen = measure.parameters.get("currency"), entries.get("currency")
    if parameter is None or chosen is None or not isinstance(parameter.domain, list):
        return []
    return [value for value in parameter.domain if value not in (chosen, "auto")]


def _span(frame: pd.DataFrame, usual: dict[str, Any]) -> Message:
    """The first and last period of the rows; if they have none or only one, the usual values of the time parameters."""
    usual_values = [f"{name}={value}" for name, value in usual.items() if value is not None]
    column = next((name for name in ("period", "year") if name in frame), None)
    if usual_values and (column is None or frame[column].nunique() == 1):
        return Message("usual_period", named=usual_values)
    if column is None:
        return Message("default_period")
    first, last = str(frame[column].min()), str(frame[column].max())
    return (
        Message("usual_period", named=[f"{column}={last}"])
        if first == last
        else Message("span", first=first, last=last)
    )

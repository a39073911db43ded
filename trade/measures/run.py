"""Run a measure on the store."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pandas as pd

from trade.errors import Message, NoRows, Value
from trade.measures import entity_names, models
from trade.measures.catalog import Measure, find_measure
from trade.measures.parameters import bind, with_period
from trade.measures.result import Result, SourceNote
from trade.measures.translations import measure_in
from trade.store import Store


def run(store: Store, measure_id: str, /, **entries: Any) -> Result:
    """The measure's rows for these parameters.

    Raises:
        UnknownName, BadParameter: the question is not well put. NoRows: the store holds nothing that answers it.
    """
    measure = find_measure(measure_id)
    entries = with_period(measure, entries)
    params = bind(store, measure, entries)
    frame = _ask(store, measure, params)
    if frame.empty:
        raise _no_rows(store, measure, entries)
    frame = entity_names.put_in(store, measure, params, frame)
    return Result(measure, params, frame, store.version, tuple(map(str, frame.columns)))


def _ask(store: Store, measure: Measure, params: dict[str, Any]) -> pd.DataFrame:
    frame = store.query(measure.sql, used(measure.sql, params))
    return models.get(measure.model)(frame, params) if measure.model else frame


def used(sql: str, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters that the text names: DuckDB refuses others."""
    return {name: value for name, value in params.items() if re.search(rf"\${name}\b", sql)}


def describe_sources(store: Store, source_ids: list[str]) -> list[SourceNote]:
    """The notes of the named sources, in the order asked."""
    fields = [field.name for field in dataclasses.fields(SourceNote)]
    frame = store.query(
        f"SELECT {', '.join(fields)} FROM fact.source WHERE list_contains($ids, source_id)", {"ids": source_ids}
    )
    rows = ({str(name): value for name, value in row.items()} for row in frame.to_dict("records"))
    notes = {row["source_id"]: SourceNote(**row | {"warnings": row["warnings"].split()}) for row in rows}
    return [notes[source_id] for source_id in source_ids if source_id in notes]


_FORM = ("currency", "freq", "dataset")
"""Parameters that say how to measure, not what: the first to give way when there is no answer."""


def _no_rows(store: Store, measure: Measure, entries: dict[str, Any]) -> NoRows:
    """What was asked in vain, and what to ask instead."""
    conditions = [f"{name}={value}" for name, value in entries.items() if value is not None]
    return NoRows(
        "no_rows",
        title=lambda lang: measure_in(measure, lang).title,
        asked=conditions or Message("default_question"),
        nearest=_nearest(store, measure, entries),
    )


def _nearest(store: Store, measure: Measure, entries: dict[str, Any]) -> Value:
    """What to ask instead: the periods that do have figures, else the parameter to leave out."""
    times = [name for name in entries if measure.parameters[name].domain in ("period", "year")]
    others = sorted((name for name in entries if name not in times), key=lambda name: name not in _FORM)
    for dropped in ([times] if times else []) + [[*times, name] for name in others]:
        fewer = {name: value for name, value in entries.items() if name not in dropped}
        frame = _ask(store, measure, bind(store, measure, fewer))
        if not frame.empty:
            span = _span(frame, {name: measure.parameters[name].default for name in times})
            if dropped == times:
                return span
            return Message("without", dropped=f"{dropped[-1]}={entries[dropped[-1]]}", span=span)
    return (lambda lang: measure_in(measure, lang).needs) if measure.needs else Message("ask_measures")


def _span(frame: pd.DataFrame, usual: dict[str, Any]) -> Message:
    """The first and last period of the rows; where they name none or one, the period that is usually asked for."""
    named = [f"{name}={value}" for name, value in usual.items() if value is not None]
    column = next((name for name in ("period", "year") if name in frame), None)
    if named and (column is None or frame[column].nunique() == 1):
        return Message("usual_period", named=named)
    if column is None:
        return Message("default_period")
    return Message("span", first=str(frame[column].min()), last=str(frame[column].max()))

"""Run a measure on the store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from trade.errors import NoRows
from trade.measures.catalog import Measure, find_measure
from trade.measures.parameters import bind
from trade.store import Store


@dataclass(frozen=True)
class Result:
    """The rows of a measure and all that is needed to explain them.

    `frame` holds one row per period, market ... as the measure declares; missing is NaN/None, never zero.
    """

    measure: Measure
    params: dict[str, Any]
    frame: pd.DataFrame
    version: str

    @property
    def unit(self) -> str:
        return self.measure.unit

    @property
    def sql(self) -> str:
        return self.measure.sql

    @property
    def sources(self) -> list[str]:
        """Ids of the sources behind the rows, in order of appearance."""
        if "source_id" not in self.frame:
            return []
        ids = (part for cell in self.frame["source_id"].dropna() for part in str(cell).split(" "))
        return list(dict.fromkeys(ids))

    def as_dict(self) -> dict[str, Any]:
        """The form of `trade measure --format json`."""
        rows = self.frame.astype(object).where(self.frame.notna(), None).to_dict("records")
        return {"measure": self.measure.id, "unit": self.unit, "params": self.params, "rows": rows}


@dataclass(frozen=True)
class SourceNote:
    """Who made the figures behind a result and on what terms."""

    source_id: str
    producer: str
    title: str
    citation: str
    url: str
    published: str
    licence: str
    valuation: str
    warnings: list[str]


def run(store: Store, measure_id: str, **given: Any) -> Result:
    """The measure's rows for the given parameters.

    Raises:
        UnknownName, BadParameter: the question is not well put. NoRows: the store holds nothing that answers it.
    """
    measure = find_measure(measure_id)
    params = bind(store, measure, given)
    frame = store.query(measure.sql, used(measure.sql, params))
    if frame.empty:
        raise NoRows(f"{measure.title}: the store holds no figures for {_asked(params)}; {_nearest(store, measure, params)}.")
    return Result(measure, params, frame, store.version)


def used(sql: str, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters that the text names: DuckDB refuses others."""
    return {name: value for name, value in params.items() if re.search(rf"\${name}\b", sql)}


def describe_sources(store: Store, source_ids: list[str]) -> list[SourceNote]:
    """The notes of the named sources, in the order asked."""
    frame = store.query("SELECT * FROM fact.source WHERE list_contains($ids, source_id)", {"ids": source_ids})
    notes = {
        row.source_id: SourceNote(
            row.source_id, row.producer, row.title, row.citation, row.url, row.published, row.licence, row.valuation,
            str(row.warnings).split(),
        )
        for row in frame.itertuples()
    }  # fmt: skip
    return [notes[one] for one in source_ids if one in notes]


def _asked(params: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in params.items() if value is not None) or "these parameters"


def _nearest(store: Store, measure: Measure, params: dict[str, Any]) -> str:
    """What to ask instead, as good values near to what was asked."""
    frame = store.query(
        "SELECT min(period) AS first, max(period) AS last FROM total_trade WHERE freq = $freq",
        {"freq": params.get("freq") or "A"},
    )
    return f"periods with totals run from {frame['first'][0]} to {frame['last'][0]}"

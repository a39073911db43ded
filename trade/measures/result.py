"""The result of a measure: its rows and everything needed to explain them."""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from trade.measures.catalog import Measure
from trade.text.figures import CURRENCIES

_serials = itertools.count()


@dataclass(frozen=True)
class Result:
    """The rows of a measure and everything needed to explain them.

    `frame` holds one row per period, market ... as the measure declares; missing is NaN/None, never zero. `serial` is
    unique per result and serves as a cache key.
    """

    measure: Measure
    params: dict[str, Any]
    frame: pd.DataFrame
    version: str
    columns: tuple[str, ...] = ()
    """Columns that the measure's query returns, if the frame has more; empty: those of the frame."""
    serial: int = dataclasses.field(default_factory=_serials.__next__, init=False, repr=False, compare=False)

    @property
    def unit(self) -> str:
        return self.measure.unit

    @property
    def sql(self) -> str:
        return self.measure.sql

    @property
    def currency(self) -> str:
        """The currency of the parameters, else that of the rows; empty if there is none or several."""
        requested = str(self.params.get("currency") or "")
        if requested in ("", *CURRENCIES) or "currency" not in self.frame:
            return requested if requested in CURRENCIES else ""
        used = self.frame["currency"].dropna().unique()
        return str(used[0]) if len(used) == 1 else ""

    @property
    def stated_params(self) -> dict[str, Any]:
        """The parameters for labels, with `currency` resolved to the property of that name."""
        return {**self.params, "currency": self.currency} if "currency" in self.params else self.params

    @cached_property
    def sources(self) -> list[str]:
        """Ids of the sources behind the rows, in order of appearance."""
        if "source_id" not in self.frame:
            return []
        ids = (part for cell in self.frame["source_id"].dropna().unique() for part in str(cell).split(" "))
        return list(dict.fromkeys(ids))

    def as_dict(self) -> dict[str, Any]:
        """The form of `trade measure --format json`."""
        rows = self.frame.astype(object).where(self.frame.notna(), None).to_dict("records")
        return {"measure": self.measure.id, "unit": self.unit, "params": self.params, "rows": rows}


@dataclass(frozen=True)
class SourceNote:
    """A source of figures: its producer, publication and terms."""

    source_id: str
    producer: str
    title: str
    citation: str
    url: str
    published: str
    accessed: str
    licence: str
    valuation: str
    warnings: list[str]
    """Codes of `trade.sources.WARNINGS`."""

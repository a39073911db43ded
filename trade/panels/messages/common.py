"""Rows, names and numbers as the messages of all pages put them into words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts.label_context import Context
from trade.measures import Result
from trade.measures.sentences import name_in_sentence
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.panels.measure_headline import Message as Message
from trade.text import formats, message
from trade.text.figures import Figures
from trade.text.message import Text

Row = dict[Any, Any]
RATES = ("growth_pct", "growth_computed_pct")
"""The published rate, and the one between levels."""


def row_of(result: Result, period: str = "") -> Row:
    """The row of that period, or the last row with a value."""
    rows = result.frame[result.frame["period"] == period]
    return dict((rows if len(rows) else result.frame.dropna(subset=["value"])).iloc[-1])


def rows_where(result: Result, **values: object) -> list[Row]:
    """The rows whose columns have these values."""
    rows = result.frame
    for column, value in values.items():
        rows = rows[rows[column] == value]
    return list(rows.to_dict("records"))


def rate_of(row: Row) -> float | None:
    """The published rate of a row, else the one between levels; None if there is neither."""
    column = rate_column(row)
    return float(row[column]) if column else None


def rate_column(row: Row) -> str:
    """The column of the published rate of a row, else of the one between levels; empty if there is neither."""
    return next((name for name in RATES if row.get(name) is not None and not formats.is_missing(row[name])), "")


def figures_of(result: Result, row: Row, currency: str = "") -> Figures:
    """The numbers of a row in the language of the run, each tied to its query; `currency` where they name none."""
    return Figures(result.measure.id, result.params, row, lang(), currency or context_of(result).currency)


def context_of(result: Result) -> Context:
    """Flow, currency and frequency of a result in the language of the run."""
    return Context.of(result.stated_params, lang())


def number_of(result: Result, number: float, column: str) -> Text:
    """How many rows have something, counted in a column."""
    return figures_of(result, {}).counted(number, column)


def name_of(row: Row) -> str:
    """The row's name in the user's language."""
    own = row.get(f"name_{lang()}")
    return str(own if isinstance(own, str) and own else row["name_en"])


def named(row: Row) -> str:
    """The row's name as it stands inside a sentence: `the United States`."""
    return name_in_sentence(name_of(row), lang())


def with_number(name: str, *numbers: str) -> Text:
    """A name and its numbers, for a list: `Germany 3.2%`, `德国3.2%`."""
    return message.joined([name, *numbers], say("join.figure"))


def flow_text(result: Result) -> Text:
    """The flow of a result inside a sentence, standing for its code."""
    flow = context_of(result).flow
    return Text(say(f"flow_low.{flow}"), flow)


def range_of(figures: Figures, values: pd.Series, column: str) -> dict[str, Text]:
    """The lowest and the highest rate of a column."""
    ends = {"low": values.min(), "high": values.max()}
    return {name: figures.at({column: value}).percent(column) for name, value in ends.items()}


def period_name(row: Row, freq: str) -> Text:
    """In words; January and February joined are named as both."""
    return Text(formats.period(row["period"], "YTD" if row.get("months") == 2 else freq, lang()), str(row["period"]))


@cached_text
def newest_name(result: Result) -> str:
    """The newest period of a result in words."""
    return period_name(row_of(result), str(result.params["freq"]))


@cached_text
def period_names(result: Result) -> dict[str, str]:
    """Every period of a result, oldest first, by its code."""
    freq = str(result.params.get("freq") or "")
    return {str(row["period"]): period_name(row, freq) for row in result.frame.to_dict("records")}

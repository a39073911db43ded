"""The derivation of a result: its SQL with parameter values filled in, its formula and its sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from trade.measures.result import Result, SourceNote
from trade.measures.run import describe_sources
from trade.store import Store
from trade.store.sql_text import identifier, literal

_TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\$(?P<name>[A-Za-z_]\w*)")
"""Matches a string, a comment or a parameter; only parameters are replaced."""


@dataclass(frozen=True)
class Work:
    """Everything that a user needs to check a number by hand."""

    measure: str
    title: str
    params: dict[str, Any]
    sql: str
    """The query, to paste into the SQL console; it gives the rows that were shown, or the input of `model`."""
    formula: str
    tex: str
    reference: str
    model: str
    """Name of the model that turned the query's rows into those shown; empty if the query gives them itself."""
    sources: list[SourceNote]
    joined: tuple[str, ...] = ()
    """Columns of the rows shown that the query does not return."""

    def as_text(self) -> str:
        """Everything as one text to copy: formula, reference and sources as comments above the query."""
        lines = [f"{self.title}: {self.formula}", f"Reference: {self.reference}"]
        lines += [f"Source: {note.producer}, {note.title} ({note.published}), {note.url}" for note in self.sources]
        lines += [f"The rows of this query are then put through the model {self.model}."] if self.model else []
        lines += [f"Joined to them from other queries: {', '.join(self.joined)}."] if self.joined else []
        return "".join(f"-- {line}\n" for line in lines) + self.sql


def work(store: Store, result: Result) -> Work:
    """The derivation of a result."""
    measure = result.measure
    return Work(
        measure=measure.id,
        title=measure.title,
        params=result.params,
        sql=bound_sql(result),
        formula=measure.formula,
        tex=measure.tex,
        reference=measure.reference,
        model=measure.model,
        sources=describe_sources(store, result.sources),
        joined=tuple(str(column) for column in result.frame if result.columns and column not in result.columns),
    )


def bound_sql(result: Result) -> str:
    """The measure's SQL with each `$name` replaced by its value as a literal, and with the columns of names."""
    sql = _TOKEN.sub(lambda match: literal(result.params[match["name"]]) if match["name"] else match[0], result.sql)
    return _with_names(result, sql) if result.measure.names else sql


def _with_names(result: Result, sql: str) -> str:
    """Wrap the measure's query to add the same columns of names as `entity_names.add_names`."""
    columns = ",\n    ".join(_column(result, str(column)) for column in result.columns or result.frame.columns)
    rows = f"SELECT *, row_number() OVER () AS place FROM (\n{sql}\n)"
    return f"SELECT\n    {columns}\nFROM ({rows}) AS answer\nORDER BY place"


def _column(result: Result, column: str) -> str:
    heading, _, lang = column.rpartition("_")
    names = result.measure.names.get(heading)
    if names is None:
        return f"answer.{identifier(column)}"
    domains = ", ".join(_value(result, kind[1:]) if kind.startswith("@") else literal(kind) for kind in names.of)
    unknown = f", unknown := {literal(names.unknown)}" if names.unknown else ""
    return f"name_of([{domains}], {_value(result, names.code)}, {literal(lang)}{unknown}) AS {column}"


def _value(result: Result, name: str) -> str:
    """SQL for a column of the measure's query, or for the parameter of that name."""
    return f"answer.{identifier(name)}" if name in (result.columns or result.frame) else literal(result.params[name])

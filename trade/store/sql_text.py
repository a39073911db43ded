"""Quote values and names for SQL, and parse each statement only once."""

from __future__ import annotations

from threading import Lock
from typing import Any

import duckdb
from cachetools import LRUCache, cached

_MOST = 500
"""Cached statements: more than the measures and their macros need."""


def quoted(text: object) -> str:
    """A text (or a path) in single quotes."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name of a column or table in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A value as a SQL literal: text in quotes, None as NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return repr(value)
    if isinstance(value, float):
        return f"CAST({value!r} AS DOUBLE)"  # DuckDB reads 0.5 as DECIMAL, which divides and rounds differently
    return quoted(value)


@cached(LRUCache(_MOST), key=lambda _, sql: sql, lock=Lock())
def parsed(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement | str:
    """The parsed statement of a text, cached since parsing takes a sixth of a query's time. The text itself if it has
    no statement, or several.

    Raises:
        duckdb.Error: the text cannot be parsed.
    """
    statements = connection.extract_statements(sql)
    return statements[0] if len(statements) == 1 else sql

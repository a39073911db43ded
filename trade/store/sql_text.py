"""Values and names as SQL writes them."""

from __future__ import annotations

from typing import Any


def quoted(text: object) -> str:
    """A text (or a path) in single quotes."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name of a column or table in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A value: texts in quotes, missing as NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return repr(value)
    if isinstance(value, float):
        return f"CAST({value!r} AS DOUBLE)"  # DuckDB reads 0.5 as a decimal, which divides and rounds otherwise
    return quoted(value)

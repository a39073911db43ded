"""Check that a text is one read-only statement that names nothing outside the store.

DuckDB's own parser determines the kind of statement, so the guard and the engine cannot disagree about a text. Hostile
text is parsed only in the worker, since deep nesting may crash the process; the parent only looks at its characters.

This file imports nothing of the project, so that the worker starts in half the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import duckdb

LONGEST = 100_000
"""Largest number of characters of a query."""

TABLE_FUNCTIONS = {
    "range",
    "generate_series",
    "unnest",
    "repeat",
    "repeat_row",
    "json_each",
    "json_tree",
    "histogram",
    "histogram_values",
    "summary",
    "test_all_types",
    "duckdb_tables",
    "duckdb_columns",
    "duckdb_views",
    "duckdb_schemas",
    "duckdb_constraints",
    "duckdb_types",
    "duckdb_functions",
    "duckdb_keywords",
    "pragma_table_info",
    "pragma_version",
    "icu_calendar_names",
    "pg_timezone_names",
}
"""Table functions that a query may name. All others are refused, including new ones of later DuckDB releases."""

OUTSIDE = {
    "getenv",
    "current_setting",
    "json_serialize_plan",
    "to_aggregate_state",
    "variant_bytes_to_variant",
    "write_log",
    "pg_settings",
    "pragma_database_list",
}
"""Other functions that reveal things about the machine, run a text as a statement, or load raw bytes as engine
state."""

READS = "SELECT, WITH, FROM, VALUES, PIVOT, DESCRIBE, SUMMARIZE, SHOW TABLES or EXPLAIN"

_WHY = {
    "ATTACH": "sql.no_attach",
    "EXPLAIN": "sql.no_comment",
    "DETACH": "sql.no_detach",
    "COPY": "sql.no_files",
    "EXPORT": "sql.no_export",
    "LOAD": "sql.no_extensions",
    "EXTENSION": "sql.no_extensions",
    "PRAGMA": "sql.locked",
    "SET": "sql.locked",
    "VARIABLE_SET": "sql.locked",
    "CALL": "sql.no_procedures",
    "PREPARE": "sql.no_prepare",
    "EXECUTE": "sql.nothing_prepared",
    "TRANSACTION": "sql.no_transactions",
}
_CHANGES = {"INSERT", "UPDATE", "DELETE", "CREATE", "CREATE_FUNC", "ALTER", "DROP", "MERGE_INTO", "VACUUM", "ANALYZE"}

# Comments within comments are left out: a comment must end where DuckDB ends it, or it could hide a statement.
_GAP = r"(?:\s|--[^\n\r]*|/\*(?:(?!/\*|\*/).)*\*/)"
_EXPLAIN = re.compile(
    rf"{_GAP}*explain\b{_GAP}*(?:analyze\b|\({_GAP}*(?:analyze|format)\b[^()]*\))?", re.IGNORECASE | re.DOTALL
)
_TAIL = re.compile(rf"(?:;|{_GAP})+", re.DOTALL)


class Refused(Exception):
    """The text may not run. `key` and `values` are those of the `Message` to show."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def check_text(sql: str) -> None:
    """Check a query without parsing it.

    Raises:
        Refused: it is empty, too long, or has invalid characters.
    """
    if len(sql) > LONGEST:
        raise Refused("sql.too_long", count=len(sql), most=LONGEST)
    if "\0" in sql:
        raise Refused("sql.nul")
    if any("\ud800" <= letter <= "\udfff" for letter in sql):
        raise Refused("sql.no_unicode")
    if not sql.strip(" \t\r\n;"):
        raise Refused("sql.empty", reads=READS)


def check_statement(con: duckdb.DuckDBPyConnection, sql: str, unlisted: Iterable[str]) -> str:
    """Check that a query is one read-only statement; returns it without trailing semicolons and comments.

    Args:
        unlisted: DuckDB's table functions that no query may name (`unlisted_functions`).

    Raises:
        Refused: it is something else; the message says what and why. duckdb.Error: it is not valid SQL.
    """
    _check_words(con, sql, unlisted)
    kind = whole = _kind(con, sql)
    sql = inner = _without_tail(con, sql, kind)
    begun = _EXPLAIN.match(sql)
    if begun and whole in ("EXPLAIN", "MULTI"):
        inner = sql[begun.end() :]
        kind = _kind(con, inner)
        allowed = kind == "SELECT" if whole == "EXPLAIN" else _is_query(con, inner)
    else:
        allowed = kind == "SELECT" or (kind == "MULTI" and _is_query(con, inner))
    if not allowed:
        raise _refusal(kind, explained=inner != sql)
    return sql


def _check_words(con: duckdb.DuckDBPyConnection, sql: str, unlisted: Iterable[str]) -> None:
    """Refuse a text with the name of anything that reaches outside the store, even in a string or comment.

    This is stricter than necessary, but works however the name is quoted, spaced or passed on, and without a parser.
    """
    forbidden = OUTSIDE.union(unlisted, _settings_with_a_path(con))
    for word in re.findall(r"\w+", sql.casefold()):
        if word in forbidden or word.startswith("__internal"):
            raise Refused("sql.word", word=word)


def unlisted_functions(con: duckdb.DuckDBPyConnection) -> list[str]:
    """DuckDB's table functions that are not in `TABLE_FUNCTIONS`: the same for every store, and slow to list."""
    rows = con.execute(
        "SELECT lower(function_name) FROM duckdb_functions() WHERE internal GROUP BY ALL"
        " HAVING bool_and(function_type IN ('table', 'table_macro', 'pragma')) AND bool_or(function_type <> 'pragma')"
    ).fetchall()
    return sorted({name for (name,) in rows} - TABLE_FUNCTIONS)


def _settings_with_a_path(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Settings whose value is a path on this machine, which SHOW would print."""
    rows = con.execute(
        "SELECT lower(name) FROM duckdb_settings() WHERE contains(value, '/') OR contains(value, '\\')"
    ).fetchall()
    return {name for (name,) in rows}


def _kind(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The kind of the only statement: SELECT, COPY ...; MULTI is one that DuckDB splits: a PIVOT, or a COPY of one."""
    try:
        statements = con.extract_statements(sql)
        kinds = [statement.type.name for statement in statements]
    except ValueError:
        return "OTHER"  # a kind that DuckDB's Python binding has no name for yet
    if not statements:
        raise Refused("sql.empty", reads=READS)
    if len(statements) > 1:
        raise Refused("sql.several", count=len(statements))
    if statements[0].named_parameters:
        raise Refused("sql.parameter")
    return kinds[0]


def _without_tail(con: duckdb.DuckDBPyConnection, sql: str, kind: str) -> str:
    """The statement without trailing semicolons and comments. A cut inside a string is rejected: it does not parse."""
    for mark in re.finditer(r";|--|/\*", sql):
        shorter = sql[: mark.start()]
        if _TAIL.fullmatch(sql, mark.start()) and _is_kind(con, shorter, kind):
            return shorter
    return sql


def _is_kind(con: duckdb.DuckDBPyConnection, sql: str, kind: str) -> bool:
    try:
        return _kind(con, sql) == kind
    except (duckdb.Error, Refused):
        return False


def _is_query(con: duckdb.DuckDBPyConnection, sql: str) -> bool:
    """Whether a MULTI statement is a PIVOT: unlike a COPY, CREATE or INSERT of one, it can be put in FROM (...)."""
    return _is_kind(con, f"FROM (\n{sql}\n)", "MULTI")


def _refusal(kind: str, explained: bool) -> Refused:
    what = ("EXPLAIN of " if explained else "") + kind.replace("_", " ")
    why = "sql.read_only" if kind in _CHANGES else _WHY.get(kind)
    if why:
        return Refused("sql.kind", kind=what, why=why, reads=READS)
    return Refused("sql.explain_of_other" if explained else "sql.other_kind", reads=READS)

"""Turn a table of text into a typed fact table. An error names the line of the first fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import duckdb

from trade.errors import FactError
from trade.sources import FactTable
from trade.sources.fact_reader import LINE
from trade.store.table_contracts import Column, Contract

_SHAPES = {"INTEGER": r"-?\d+", "BIGINT": r"-?\d+", "BOOLEAN": "true|false"}
_WORDS = {
    "INTEGER": "fact.whole_number",
    "BIGINT": "fact.whole_number",
    "DOUBLE": "fact.number",
    "DATE": "fact.date",
    "BOOLEAN": "fact.boolean",
}
"""Message keys that describe what a column of each type must contain."""


def load_facts(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    """Append the rows of `facts` to its fact table.

    A table with constraints checks its rows itself, in a single pass. Only if it refuses them, and for a table without
    constraints, are the rules checked one by one, which takes several passes but finds the line of the fault.

    Raises:
        FactError: a cell has the wrong type, a required value is missing, a value is not allowed, or a key is repeated.
    """
    if contract.indexed:
        with _typed_rows(con, facts, contract) as rows, suppress(duckdb.ConstraintException):
            con.execute(f"INSERT INTO fact.{contract.table} {rows}")
            return
    type_facts(con, facts, contract)
    append_typed(con, facts, contract)


def type_facts(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    """Write the rows, typed by the contract, with `line` to the temporary table `typed`; check all rules but the key.

    Raises:
        FactError: a cell has the wrong type, a required value is missing, or a value is not allowed.
    """
    with _typed_rows(con, facts, contract, LINE) as rows:
        con.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {rows}")
    _check_needed(con, facts, contract)
    _check_conditions(con, facts, contract)


@contextmanager
def _typed_rows(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract, *more: str) -> Iterator[str]:
    """SQL that selects the rows with the types of the contract, and more of their columns; valid inside the block.

    Raises:
        FactError: a cell has the wrong type.
    """
    con.register("incoming", facts.rows)
    try:
        _check_types(con, facts, contract)
        casts = [f"CAST({column.name} AS {column.type}) AS {column.name}" for column in contract.columns]
        yield f"SELECT {', '.join([*casts, *more])} FROM incoming"
    finally:
        con.unregister("incoming")


def append_typed(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    """Move `typed` to the fact table.

    Raises:
        FactError: a key is duplicated.
    """
    if not contract.indexed:
        _raise_duplicate_key(con, facts, contract)
    try:
        con.execute(f"INSERT INTO fact.{contract.table} SELECT * EXCLUDE ({LINE}) FROM typed")
    except duckdb.ConstraintException:
        _raise_duplicate_key(con, facts, contract)
        raise
    con.execute("DROP TABLE typed")


def first_row(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...] | None:
    """The first row, with the result read to its end: an unread one would block the connection."""
    rows = con.execute(sql).fetchall()
    return rows[0] if rows else None


def _any_row(con: duckdb.DuckDBPyConnection, table: str, faults: list[str]) -> bool:
    """Whether any row has any of the faults: one scan of the table instead of one per fault."""
    if not faults:
        return False
    row = first_row(con, f"SELECT bool_or({' OR '.join(f'({fault})' for fault in faults)}) FROM {table}")
    return bool(row and row[0])


def _check_types(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    typed = [column for column in contract.columns if column.type != "VARCHAR"]
    if not _any_row(con, "incoming", [f"NOT ({_is_typed(column)})" for column in typed]):
        return
    for column in typed:
        bad_row = first_row(
            con, f"SELECT {LINE}, {column.name} FROM incoming WHERE NOT ({_is_typed(column)}) ORDER BY {LINE} LIMIT 1"
        )
        if bad_row:
            _refuse(facts, column.name, bad_row, _WORDS.get(column.type, column.type))


def _is_typed(column: Column) -> str:
    cast = f"TRY_CAST({column.name} AS {column.type})"
    if column.type == "DOUBLE":
        return f"{column.name} IS NULL OR coalesce(isfinite({cast}), false)"
    shape = f" AND regexp_full_match({column.name}, '{_SHAPES[column.type]}')" if column.type in _SHAPES else ""
    return f"{column.name} IS NULL OR ({cast} IS NOT NULL{shape})"


def _check_needed(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    needed = [column for column in contract.columns if not column.nullable]
    if not _any_row(con, "typed", [f"{column.name} IS NULL" for column in needed]):
        return
    for column in needed:
        bad_row = first_row(con, f"SELECT min({LINE}) FROM typed WHERE {column.name} IS NULL")
        if bad_row and bad_row[0] is not None:
            _refuse(facts, column.name, (bad_row[0], ""), "fact.needed")


def _check_conditions(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    if not _any_row(con, "typed", [f"NOT ({condition})" for _, condition in contract.checks]):
        return
    for name, condition in contract.checks:
        bad_row = first_row(con, f"SELECT {LINE}, {name} FROM typed WHERE NOT ({condition}) ORDER BY {LINE} LIMIT 1")
        if bad_row:
            _refuse(facts, name, bad_row, condition.strip("()"))


def _raise_duplicate_key(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    """Find a duplicate key and say on which line it is, and whether the other one is in this file or an earlier one.

    Raises:
        FactError: a key is duplicated.
    """
    refuse_doubles(con, facts, contract)
    key = ", ".join(contract.key)
    match = " AND ".join(f"typed.{name} = stored.{name}" for name in contract.key)
    double = first_row(
        con,
        f"SELECT {LINE}, {', '.join('typed.' + name for name in contract.key)} FROM typed"
        f" JOIN fact.{contract.table} AS stored ON {match} ORDER BY 1 LIMIT 1",
    )
    if double:
        raise FactError(
            facts.name,
            "fact.key_elsewhere",
            row=double[0],
            value=", ".join(str(part) for part in double[1:]),
            remedy="fact.delete_one",
            key=key,
            table=contract.table,
        )


def refuse_doubles(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract) -> None:
    """Check that no key is duplicated within the file in `typed`.

    Raises:
        FactError: one is; names both lines.
    """
    key = ", ".join(contract.key)
    double = first_row(
        con, f"SELECT max({LINE}), min({LINE}), {key} FROM typed GROUP BY {key} HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    )
    if double:
        raise FactError(
            facts.name,
            "fact.key_twice",
            row=double[0],
            value=", ".join(str(part) for part in double[2:]),
            remedy="fact.delete_one",
            key=key,
            first=double[1],
        )


def _refuse(facts: FactTable, column: str, bad_row: tuple, expected: str) -> None:
    line, value = bad_row
    raise FactError(facts.name, "fact.misfit", row=line, value=value, expected=expected, column=column)

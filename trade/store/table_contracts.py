"""The table contracts, read back from `schema.sql` so that they are declared once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from trade.column_metadata import columns

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    nullable: bool


@dataclass(frozen=True)
class Contract:
    """A fact table: its columns, its key and the conditions that every row must meet."""

    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    checks: tuple[tuple[str, str], ...]
    """(column, SQL condition)"""
    restated: tuple[str, ...] = ()
    """The columns that identify a statement, the unit that a later vintage replaces; empty if there are no vintages."""
    indexed: bool = True
    """Whether the table has a primary key and constraints; if not, only the loader checks its key and rules."""

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def needed(self) -> set[str]:
        """Columns that a file or its constants must provide; the reader adds `source_id`."""
        return {column.name for column in self.columns if not column.nullable} - {"source_id"}

    @property
    def values(self) -> list[str]:
        """Columns of figures, which a revision can change. `printed` is a number stored as text."""
        return [column.name for column in self.columns if column.type == "DOUBLE" or column.name == "printed"]


def schema_sql() -> str:
    """SQL for the schemas fact (`schema.sql`), staging and former. The last has a table for the replaced rows of each
    fact table with vintages.

    Tables without an index are created without constraints: the loader has checked their rules and keys.
    """
    written = _written()
    for contract in fact_contracts().values():
        if contract.indexed:
            continue
        needed = {column.name: "" if column.nullable else " NOT NULL" for column in contract.columns}
        columns = ", ".join(f"{column.name} {column.type}{needed[column.name]}" for column in contract.columns)
        plain = f"CREATE TABLE fact.{contract.table} ({columns});"
        written = re.sub(rf"CREATE TABLE fact\.{contract.table} \([^;]*;", plain, written)
    former = [_former_sql(contract) for contract in fact_contracts().values() if contract.restated]
    return "\n".join([written, "CREATE SCHEMA staging;", "CREATE SCHEMA former;", *former])


def _written() -> str:
    return (HERE / "schema.sql").read_text(encoding="utf-8")


def _former_sql(contract: Contract) -> str:
    columns = ", ".join(f"{column.name} {column.type}" for column in contract.columns)
    key = ", ".join(dict.fromkeys(("source_id", *contract.key, "batch")))
    return (
        f"CREATE TABLE former.{contract.table} ({columns}, batch VARCHAR, vintage VARCHAR NOT NULL,"
        f" until VARCHAR NOT NULL, PRIMARY KEY ({key}));"
    )


@cache
def fact_contracts() -> dict[str, Contract]:
    """Every table of schema `fact`, by name."""
    with duckdb.connect() as con:
        con.execute(_written())
        columns = con.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE schema_name = 'fact'"
            " ORDER BY table_name, column_index"
        ).fetchall()
        constraints = con.execute(
            "SELECT table_name, constraint_type, constraint_column_names, expression FROM duckdb_constraints()"
            " WHERE schema_name = 'fact' ORDER BY constraint_index"
        ).fetchall()
    return {table: _contract(table, columns, constraints) for table in dict.fromkeys(row[0] for row in columns)}


def _contract(table: str, columns: list[tuple], constraints: list[tuple]) -> Contract:
    mine = [row[1:] for row in constraints if row[0] == table]
    restated = re.search(rf"^-- restated by: (.+)\n(?:-- .*\n)+CREATE TABLE fact\.{table} ", _written(), re.MULTILINE)
    key = next((tuple(names) for kind, names, _ in mine if kind == "PRIMARY KEY"), ())
    return Contract(
        table,
        tuple(Column(*row[1:]) for row in columns if row[0] == table),
        key,
        tuple((names[0], expression) for kind, names, expression in mine if kind == "CHECK"),
        tuple(restated.group(1).split(", ")) if restated else (),
        not re.search(rf"CREATE TABLE fact\.{table} \([^;]*-- without an index", _written()),
    )


@cache
def column_comments() -> dict[str, str]:
    """The meaning of each column, by name: a name has the same meaning in every table."""
    return {name: column.meaning for name, column in columns().items()}

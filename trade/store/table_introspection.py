"""Descriptions of the tables of a store and their rows in batches, for exports.

Views are left out, since they repeat rows of the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from trade.store.build import mart_key
from trade.store.connect import Store
from trade.store.sql_text import identifier
from trade.store.table_contracts import HERE, fact_contracts

BATCH = 50_000
"""Rows held in memory at a time."""
REFERS_TO = {
    "source_id": ("fact.source", "source_id"),
    "growth_source_id": ("fact.source", "source_id"),
    "economy": ("fact.economy", "economy"),
    "reporter": ("fact.economy", "economy"),
    "partner": ("fact.economy", "economy"),
    "exporter": ("fact.economy", "economy"),
    "importer": ("fact.economy", "economy"),
    "group_code": ("fact.economy_group", "group_code"),
    "product": ("fact.product", "product"),
    "parent": ("fact.product", "product"),
    "claim_id": ("fact.claim", "claim_id"),
}
"""Column name: the table and key that it refers to. A name has the same meaning in every table (`columns.toml`)."""


@dataclass(frozen=True)
class Column:
    """A column: its DuckDB type, its meaning, and whether every row has a non-empty value."""

    name: str
    type: str
    meaning: str
    filled: bool


@dataclass(frozen=True)
class Reference:
    """Every value of `column` is a key of `table`."""

    column: str
    table: str
    key: str


@dataclass(frozen=True)
class Table:
    """A table with its key and the references of its columns. `name` includes the schema unless it is a mart."""

    name: str
    meaning: str
    row_count: int
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    sources: tuple[str, ...]
    """Ids of the sources of the figures in the table."""


def tables(store: Store) -> list[Table]:
    """Every table of the store: the facts, then the marts, by name."""
    frame = store.query(
        "SELECT schema_name AS schema, table_name AS name, comment FROM duckdb_tables()"
        " WHERE NOT temporary AND database_name = current_database()"  # excludes the cached tables in memory
        " ORDER BY schema_name <> 'fact', table_name"
    )
    columns = store.query(
        "SELECT schema_name AS schema, table_name AS table, column_name AS name, data_type AS type, comment AS meaning"
        " FROM duckdb_columns() WHERE database_name = current_database() ORDER BY column_index"
    )
    constraints = store.query(
        "SELECT schema_name AS schema, table_name AS table, constraint_column_names AS names FROM duckdb_constraints()"
        " WHERE database_name = current_database() AND constraint_type = 'PRIMARY KEY'"
    )
    described = {(str(key[0]), str(key[1])): group for key, group in columns.groupby(["schema", "table"], sort=False)}
    keys = {(row["schema"], row["table"]): tuple(map(str, row["names"])) for row in constraints.to_dict("records")}
    names = [(str(row["schema"]), str(row["name"]), str(row["comment"])) for row in frame.to_dict("records")]
    return [
        _table(store, schema, name, comment, described[schema, name], keys.get((schema, name)))
        for schema, name, comment in names
    ]


def rows(store: Store, table: Table) -> AbstractContextManager[pa.RecordBatchReader]:
    """The table's rows in the order of its key, a batch at a time."""
    order = f" ORDER BY {', '.join(map(identifier, table.key))}" if table.key else ""
    return store.reader(f"FROM {table.name}{order}", BATCH)


def _table(
    store: Store, schema: str, name: str, comment: str, described: pd.DataFrame, key: tuple[str, ...] | None
) -> Table:
    full = name if schema == "main" else f"{schema}.{name}"
    row_count, filled = _filled(store, full, list(described["name"]))
    columns = tuple(
        Column(str(row["name"]), str(row["type"]), str(row["meaning"]), filled[str(row["name"])])
        for row in described.to_dict("records")
    )
    names = {column.name for column in columns}
    return Table(
        name=full,
        meaning=comment,
        row_count=row_count,
        columns=columns,
        key=key or _key_without_index(schema, name),
        references=tuple(_references(store, full, names)),
        sources=_sources(store, full) if "source_id" in names else (),
    )


def _key_without_index(schema: str, name: str) -> tuple[str, ...]:
    """The key of a table without an index: from the contract of a fact table, or from the SQL file of an HS table."""
    if schema == "fact" and name in fact_contracts():
        return fact_contracts()[name].key
    files = (HERE / "hs").glob(f"*_{name}.sql") if schema == "main" else ()
    keys = [mart_key(path.read_text(encoding="utf-8")) for path in files]
    return tuple(keys[0].split(", ")) if keys and keys[0] else ()


def _filled(store: Store, table: str, names: list[str]) -> tuple[int, dict[str, bool]]:
    """The number of rows, and for each column whether no value is missing or empty: a CSV file cannot tell the two
    apart."""
    tests = "".join(f", coalesce(bool_and(CAST({identifier(name)} AS VARCHAR) <> ''), true)"
                    f" AND count(*) = count({identifier(name)})" for name in names)  # fmt: skip
    row = store.query(f"SELECT count(*){tests} FROM {table}").iloc[0].tolist()
    return int(row[0]), dict(zip(names, map(bool, row[1:]), strict=True))


def _references(store: Store, table: str, names: set[str]) -> Iterator[Reference]:
    """References for the columns whose values are all keys of another table. Cells with several keys do not count."""
    targets = {column: target for column, target in REFERS_TO.items() if column in names and table != target[0]}
    if not targets:
        return
    unmatched = ", ".join(
        f"count(*) FILTER ({column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {other}))"
        for column, (other, key) in targets.items()
    )
    for (column, (other, key)), count in zip(
        targets.items(), store.query(f"SELECT {unmatched} FROM {table}").iloc[0], strict=True
    ):
        if count == 0:
            yield Reference(column, other, key)


def _sources(store: Store, table: str) -> tuple[str, ...]:
    """Ids in the column `source_id`, whose cells may hold several, separated by spaces."""
    frame = store.query(
        f"SELECT DISTINCT unnest(string_split(source_id, ' ')) AS id FROM {table}"
        " WHERE source_id IS NOT NULL ORDER BY 1"
    )
    return tuple(frame["id"])

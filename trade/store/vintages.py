"""Replace earlier vintages with later ones: replaced rows move to the schema `former`, and changes are listed.

Whole statements are replaced (`Contract.restated`): the table of a month, the exports of a year. Replacing row by row
would keep rows that the revision no longer has, and sums would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from trade.errors import FactError
from trade.sources import FactTable
from trade.sources.batch_store import Batch
from trade.store.load import append_typed, refuse_doubles, type_facts
from trade.store.table_contracts import Contract

MOST_REVISIONS = 20_000
"""Values listed per file of a batch, the largest changes first. All are counted, and all are in the schema `former`."""

_PERIOD = ("period", "year", "date")
_NOT_IN_PLACE = {"source_id", "seq", "partner_name"}
"""Key columns left out of the text that identifies a row."""


def prepare(con: duckdb.DuckDBPyConnection, batches: Iterable[Batch]) -> None:
    """Create temporary tables: `imported`, the batch and vintage of each imported statement in the store; `outranked`,
    statements that did not replace those in the store; `shipped`, the dates of the bundled sources."""
    con.execute(
        "CREATE TEMP TABLE imported (fact_table VARCHAR, statement VARCHAR, batch VARCHAR, vintage VARCHAR,"
        " dated BOOLEAN, rounding MAP(VARCHAR, DOUBLE))"
    )
    con.execute(
        "CREATE TEMP TABLE outranked (source_id VARCHAR, batch VARCHAR, fact_table VARCHAR, statement VARCHAR,"
        " vintage VARCHAR, differing BIGINT)"
    )
    con.execute("CREATE TEMP TABLE shipped (source_id VARCHAR, dated VARCHAR)")
    dates = [[batch.source_id, batch.vintage] for batch in batches if batch.bundled]
    if dates:
        con.executemany("INSERT INTO shipped VALUES (?, ?)", dates)


def load_batch(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract, batch: Batch) -> None:
    """Load a file of a batch; batches of a source come in the order of their vintages.

    If the store has a later vintage of a statement, it keeps that one and the incoming one goes directly to `former`.
    The same holds for figures without a publication date, if those in the store have one.

    Raises:
        FactError: the table has no vintages, or a row violates its contract.
    """
    if not contract.restated:
        raise FactError(facts.name, "fact.not_importable", remedy="fact.other_table", table=contract.table)
    type_facts(con, facts, contract)
    refuse_doubles(con, facts, contract)
    _sort_statements(con, contract, batch, facts.file.rounding)
    _note_outranked(con, facts, contract, batch)
    _list_changes(con, facts, contract, batch)
    _count_changes(con, facts, contract, batch)
    _move(con, contract, batch)
    append_typed(con, facts, contract)
    con.execute(
        "DELETE FROM imported USING statements"
        " WHERE imported.fact_table = ? AND imported.statement = statements.statement",
        [contract.table],
    )
    con.execute(
        "INSERT INTO imported SELECT $table, statement, $batch, $vintage, $dated, map($columns, $halves::DOUBLE[])"
        " FROM statements WHERE newer",
        {
            "table": contract.table, "batch": batch.batch, "vintage": batch.vintage, "dated": batch.source.dated,
            "columns": list(facts.file.rounding), "halves": list(facts.file.rounding.values()),
        },
    )  # fmt: skip
    con.execute("DROP TABLE statements")


def _statement(contract: Contract, alias: str) -> str:
    """SQL for the text that identifies a statement: `["gacc_partners","M","2025-12"]`."""
    return (
        f"CAST(to_json([{', '.join(f'CAST({alias}.{column} AS VARCHAR)' for column in contract.restated)}]) AS VARCHAR)"
    )


def _same_key(contract: Contract) -> str:
    return " AND ".join(f"old.{name} = new.{name}" for name in contract.key if name not in contract.restated) or "true"


def _differs(column: str) -> str:
    """SQL for whether two values differ by more than the rounding of a figure printed with fewer digits explains."""
    gap = f"abs(TRY_CAST(old.{column} AS DOUBLE) - TRY_CAST(new.{column} AS DOUBLE))"
    return (
        f"(old.{column} IS DISTINCT FROM new.{column}"
        f" AND NOT coalesce({gap} <= statements.half_{column} * (1 + 1e-9) + 1e-12, false))"
    )


def _sort_statements(
    con: duckdb.DuckDBPyConnection, contract: Contract, batch: Batch, rounding: Mapping[str, float]
) -> None:
    """Create temporary tables: `statements` of the file, with the batch and vintage of each in the store and, per value
    column, the largest difference that rounding explains; `stored`, their rows in the store.

    Vintages of unequal precision are compared at the coarser one: a table dated 2026-01 is not later than 2026-01-18.
    """
    dated = "max(stored.published)" if "published" in contract.names else "NULL"
    halves = "".join(
        f"greatest({rounding.get(column, 0.0)!r}, coalesce(rounding['{column}'], 0)) AS half_{column}, "
        for column in contract.values
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE stored AS SELECT old.*, {_statement(contract, 'old')} AS statement"
        f" FROM fact.{contract.table} AS old WHERE {_statement(contract, 'old')} IN"
        f" (SELECT DISTINCT {_statement(contract, 'typed')} FROM typed)"
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE statements AS
        SELECT statement, batch, vintage, {halves}
            CASE
                WHEN vintage IS NULL THEN true
                WHEN $dated <> dated THEN $dated
                ELSE left($mine, length(vintage)) >= left(vintage, length($mine))
            END AS newer
        FROM (SELECT DISTINCT {_statement(contract, "typed")} AS statement FROM typed)
        LEFT JOIN (
            SELECT statement, coalesce(any_value(imported.batch), 'bundled') AS batch,
                coalesce(any_value(imported.vintage), {dated}, any_value(shipped.dated)) AS vintage,
                coalesce(any_value(imported.dated), true) AS dated, any_value(imported.rounding) AS rounding
            FROM stored
            LEFT JOIN shipped USING (source_id)
            LEFT JOIN (FROM imported WHERE fact_table = $table) AS imported USING (statement)
            GROUP BY statement
        ) USING (statement)
        """,
        {"mine": batch.vintage, "table": contract.table, "dated": batch.source.dated},
    )


def _note_outranked(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract, batch: Batch) -> None:
    """Record statements without a publication date that do not replace those in the store, and how many rows differ."""
    if batch.source.dated:
        return
    differs = " OR ".join(_differs(name) for name in contract.values) or "false"
    con.execute(
        f"""
        INSERT INTO outranked
        SELECT $source, $batch, $table, statements.statement, any_value(statements.vintage),
            count(*) FILTER (new.statement IS NOT NULL AND (old.statement IS NULL OR {differs}))
        FROM (SELECT *, {_statement(contract, "typed")} AS statement FROM typed) AS new
        JOIN statements ON statements.statement = new.statement AND NOT statements.newer
        LEFT JOIN stored AS old ON old.statement = new.statement AND {_same_key(contract)}
        GROUP BY statements.statement
        """,
        {"source": facts.source_id, "batch": batch.batch, "table": contract.table},
    )


def _list_changes(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract, batch: Batch) -> None:
    """Write one row to fact.revision per value that a newer statement changes."""
    key = [column for column in contract.key if column not in _NOT_IN_PLACE]
    place = "concat_ws(' ', " + ", ".join(f"new.{column}" for column in key) + ")"
    period = next(f"CAST(new.{column} AS VARCHAR)" for column in _PERIOD if column in contract.key)
    columns = "[" + ", ".join(f"'{name}'" for name in contract.values) + "]"
    old = "[" + ", ".join(f"TRY_CAST(old.{name} AS DOUBLE)" for name in contract.values) + "]"
    new = "[" + ", ".join(f"TRY_CAST(new.{name} AS DOUBLE)" for name in contract.values) + "]"
    differs = "[" + ", ".join(_differs(name) for name in contract.values) + "]"
    con.execute(
        f"""
        INSERT INTO fact.revision
        SELECT $source, $batch, $table, place, column_name, period, old_value, new_value, old_vintage, $vintage
        FROM (
            SELECT {place} AS place, {period} AS period, unnest({columns}) AS column_name, unnest({old}) AS old_value,
                unnest({new}) AS new_value, unnest({differs}) AS differs, statements.vintage AS old_vintage
            FROM typed AS new
            JOIN statements ON statements.statement = {_statement(contract, "new")} AND newer
            JOIN stored AS old ON old.statement = statements.statement AND {_same_key(contract)}
        )
        WHERE differs AND old_value IS DISTINCT FROM new_value
        QUALIFY row_number() OVER (PARTITION BY place, column_name ORDER BY period) = 1
            AND row_number() OVER (
                ORDER BY abs(coalesce(new_value, 0) - coalesce(old_value, 0)) DESC, place
            ) <= {MOST_REVISIONS}
        """,
        {"source": facts.source_id, "batch": batch.batch, "table": contract.table, "vintage": batch.vintage},
    )


def _count_changes(con: duckdb.DuckDBPyConnection, facts: FactTable, contract: Contract, batch: Batch) -> None:
    """Write one row to fact.batch: the numbers of new, unchanged, revised and withdrawn rows."""
    differs = " OR ".join(_differs(name) for name in contract.values) or "false"
    con.execute(
        f"""
        INSERT INTO fact.batch
        SELECT $source, $batch, $path, $table, $vintage, $received, $rows,
            count(*) FILTER (new.statement IS NOT NULL AND old.statement IS NULL),
            count(*) FILTER (new.statement IS NOT NULL AND old.statement IS NOT NULL AND NOT ({differs})),
            count(*) FILTER (new.statement IS NOT NULL AND old.statement IS NOT NULL AND ({differs})),
            count(*) FILTER (new.statement IS NULL)
        FROM (SELECT *, {_statement(contract, "typed")} AS statement FROM typed
              WHERE {_statement(contract, "typed")} IN (SELECT statement FROM statements WHERE newer)) AS new
        FULL JOIN (FROM stored WHERE statement IN (SELECT statement FROM statements WHERE newer)) AS old
            ON old.statement = new.statement AND {_same_key(contract)}
        LEFT JOIN statements ON statements.statement = coalesce(new.statement, old.statement)
        """,
        {
            "source": facts.source_id, "batch": batch.batch, "path": facts.file.path, "table": contract.table,
            "vintage": batch.vintage, "received": batch.source.received, "rows": facts.file.rows,
        },
    )  # fmt: skip


def _move(con: duckdb.DuckDBPyConnection, contract: Contract, batch: Batch) -> None:
    """Move the older rows of each statement, whether stored or incoming, to the schema `former`."""
    columns = ", ".join(contract.names)
    con.execute(
        f"INSERT INTO former.{contract.table} SELECT {columns}, statements.batch, statements.vintage, ?"
        " FROM stored JOIN statements USING (statement) WHERE newer",
        [batch.vintage],
    )
    con.execute(
        f"DELETE FROM fact.{contract.table} AS old WHERE {_statement(contract, 'old')} IN"
        " (SELECT statement FROM statements WHERE newer)"
    )
    late = f"{_statement(contract, 'typed')} IN (SELECT statement FROM statements WHERE NOT newer)"
    con.execute(
        f"INSERT INTO former.{contract.table} SELECT {', '.join('typed.' + name for name in contract.names)}, ?, ?,"
        f" statements.vintage FROM typed JOIN statements ON statements.statement = {_statement(contract, 'typed')}"
        " AND NOT newer",
        [batch.batch, batch.vintage],
    )
    con.execute(f"DELETE FROM typed WHERE {late}")

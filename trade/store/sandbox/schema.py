"""The tables and columns that a user can query, and example queries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from trade.store.connect import Store

_EXAMPLES = Path(__file__).with_name("examples")


def describe_schema(store: Store) -> pd.DataFrame:
    """One row per column: schema, table, column, type, comment, rows of the table (missing for a view), its comment.

    Tables of main are meant for queries and come first; then fact (the files as loaded) and staging (views over it).
    """
    return store.query(
        """
        WITH relation AS (
            SELECT database_name, schema_name, table_name, comment, estimated_size AS row_count
            FROM duckdb_tables() WHERE NOT internal AND database_name = current_database()
            UNION ALL
            SELECT database_name, schema_name, view_name, comment, NULL
            FROM duckdb_views() WHERE NOT internal AND database_name = current_database()
        )
        SELECT
            schema_name AS schema, table_name AS "table", column_name AS "column", data_type AS type, col.comment,
            row_count AS rows, relation.comment AS about
        FROM relation
        JOIN duckdb_columns() AS col USING (database_name, schema_name, table_name)
        ORDER BY list_position(['main', 'fact', 'staging'], schema_name), table_name, column_index
        """
    )


@cache
def examples() -> list[tuple[str, str]]:
    """(title, sql) of the files under examples/, by file name; the title is the comment in the first line."""
    texts = [path.read_text(encoding="utf-8").strip() for path in sorted(_EXAMPLES.glob("*.sql"))]
    return [(text.splitlines()[0].removeprefix("-- "), text.partition("\n")[2]) for text in texts]

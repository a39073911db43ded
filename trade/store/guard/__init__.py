"""A reader's own SQL: read-only, in a process of its own, with limits. `run_sql` is the door."""

from trade.store.guard.browser import describe_schema, examples
from trade.store.guard.console import (
    MOST_ROWS,
    MOST_SECONDS,
    LimitReached,
    QueryRefused,
    SqlResult,
    run_sql,
)

__all__ = [
    "MOST_ROWS",
    "MOST_SECONDS",
    "LimitReached",
    "QueryRefused",
    "SqlResult",
    "describe_schema",
    "examples",
    "run_sql",
]

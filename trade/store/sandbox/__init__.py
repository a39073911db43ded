"""Run a user's own SQL read-only in a separate process with limits. `run_sql` is the entry point."""

from trade.store.sandbox.runner import MOST_ROWS, MOST_SECONDS, LimitReached, QueryRefused, SqlResult, run_sql
from trade.store.sandbox.schema import describe_schema, examples

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

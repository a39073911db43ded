"""Reading the store: one read-only, locked parent connection per process and file, a cursor per query."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from trade import paths
from trade.errors import QueryFailed, StoreDamaged
from trade.store.publish import BUILD_REMEDY, current_store

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_parents: dict[Path, duckdb.DuckDBPyConnection] = {}
_guard = threading.Lock()


class Store:
    """A published store, opened for reading. `version` is its content hash and belongs in every cache key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.version = path.stem.removeprefix("trade-")
        self._parent = _parent(path)

    def query(self, sql: str, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """Rows of `sql` as a frame; `$name` in the text is taken from `params`.

        Raises:
            QueryFailed: the statement is wrong or cannot be run.
        """
        try:
            with self._parent.cursor() as cursor:
                return cursor.execute(sql, params or None).df()
        except duckdb.Error as error:
            raise QueryFailed(f"The query could not be run: {_reason(error)}.") from error


def open_store(home: Path | None = None) -> Store:
    """The store in service.

    Raises:
        StoreMissing: nothing was built yet.
        StoreDamaged: the file is not a whole store.
    """
    return Store(current_store(home or paths.home()))


def _reason(error: duckdb.Error) -> str:
    """DuckDB's first line and, where it points into the text, that place: `near "x"` alone helps nobody."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    place = next((line for line in lines if line.startswith("LINE ")), "")
    return f"{lines[0].rstrip('.')}{' at ' + place if place else ''}"


def _parent(path: Path) -> duckdb.DuckDBPyConnection:
    """Threads share the parent but never a cursor: a shared connection mixes up their results."""
    with _guard:
        if path not in _parents:
            try:
                _parents[path] = duckdb.connect(str(path), read_only=True, config=_CONFIG)
            except duckdb.Error as error:
                reason = str(error).splitlines()[0]
                raise StoreDamaged(f"The store {path} cannot be opened ({reason}): {BUILD_REMEDY}.") from error
        return _parents[path]

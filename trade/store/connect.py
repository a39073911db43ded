"""Read the store: one read-only, locked parent connection per process and file, and a cursor per query."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from trade import paths
from trade.errors import Message, QueryFailed, StoreDamaged, TradeError
from trade.store.publish import current_store
from trade.store.shared_tables import SharedTables
from trade.store.sql_text import parsed

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_LARGE = 1_000_000_000
"""Bytes of a store from which on queries use two threads. In smaller ones planning dominates, so one thread is faster,
and it always sums in the same order."""
_MOST_OPEN = 3
"""Stores kept open: the one in service, and former ones that a reader may still be using."""
_DAMAGE = ("corrupt", "could not read", "not a valid duckdb", "deserialize", "invalidated", "already closed")
"""Parts of DuckDB's messages about a truncated or altered file, or a connection invalidated by one."""
_parents: dict[Path, duckdb.DuckDBPyConnection] = {}
_tables: dict[Path, SharedTables] = {}
"""The tables shared by the queries of each parent connection."""
_damaged: dict[Path, tuple[int, int, int]] = {}
"""Files that failed while being read. They are not reopened until they have been replaced."""
_guard = threading.Lock()


class Store:
    """A published store, opened for reading. `version` is its content hash and belongs in every cache key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.version = path.stem.removeprefix("trade-")
        self._parent = _parent(path)
        self._tables = _tables[path]

    def query(self, sql: str, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """The rows of `sql` as a frame; `params` gives the values of `$name` in the text.

        Raises:
            QueryFailed: the statement is wrong or cannot be run. StoreDamaged: the file was damaged after writing.
        """
        try:
            with self._parent.cursor() as cursor:
                with suppress(duckdb.Error):  # without shared tables the query is slower, or raises the error itself
                    self._tables.prepare(cursor, sql, params or {})
                with suppress(duckdb.CatalogException):  # a shared table was evicted just now
                    return cursor.execute(parsed(cursor, sql), params or None).df()
            with self._parent.cursor() as cursor:
                return cursor.execute(sql, params or None).df()
        except duckdb.Error as error:
            raise self._failed(error) from error

    @contextmanager
    def reader(self, sql: str, size: int) -> Iterator[pa.RecordBatchReader]:
        """The rows of `sql` in the store's own types, `size` at a time: for tables too long to fit in memory.

        Raises:
            QueryFailed: the statement is wrong or cannot be run. StoreDamaged: the file was damaged after writing.
        """
        try:
            with self._parent.cursor() as cursor:
                yield cursor.sql(sql).to_arrow_reader(size)
        except duckdb.Error as error:
            raise self._failed(error) from error

    def _failed(self, error: duckdb.Error) -> TradeError:
        if not any(word in str(error).lower() for word in _DAMAGE):
            return QueryFailed("sql.failed", reason=_reason(error))
        _close(self.path, self._parent)
        return _damage(self.path, _reason(error))


def open_store(home: Path | None = None) -> Store:
    """The store in service.

    Raises:
        StoreMissing: nothing was built yet.
        StoreDamaged: the file is damaged or incomplete.
    """
    return Store(current_store(home or paths.home()))


def _reason(error: duckdb.Error) -> str:
    """The first line of DuckDB's message, and the position in the text if it gives one, since `near "x"` alone does not
    help."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    place = next((line for line in lines if line.startswith("LINE ")), "")
    return f"{lines[0].rstrip('.')}{' at ' + place if place else ''}"


def _parent(path: Path) -> duckdb.DuckDBPyConnection:
    """The shared connection to a store. Threads must each use their own cursor of it, or their results get mixed up."""
    with _guard:
        if path in _damaged and _damaged[path] == _identity(path):
            raise _damage(path, Message("store.unread_part"))
        if path not in _parents:
            for old in list(_parents)[: 1 - _MOST_OPEN]:  # closed when the last reader's `Store` is gone
                del _parents[old], _tables[old]
            try:
                threads = 2 if _identity(path)[1] > _LARGE else 1
                _parents[path] = duckdb.connect(str(path), read_only=True, config=_CONFIG | {"threads": threads})
                _tables[path] = SharedTables()
            except duckdb.Error as error:
                raise _damage(path, _reason(error)) from error
        return _parents[path]


def _close(path: Path, parent: duckdb.DuckDBPyConnection) -> None:
    """Close the connection for all readers: while one keeps it open, DuckDB would reuse the damaged database."""
    with _guard:
        if _parents.get(path) is parent:
            del _parents[path], _tables[path]
            _damaged[path] = _identity(path)
        parent.close()


def _identity(path: Path) -> tuple[int, int, int]:
    """The identity of the file that has this name now; the second part is its size in bytes."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns


def _damage(path: Path, reason: Message | str) -> StoreDamaged:
    return StoreDamaged("store.damaged", path=path, reason=reason)

"""Run a user's SQL on the store in a separate process with limits. Every error is one sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from trade.errors import BadParameter, Message, QueryFailed, StoreDamaged
from trade.store.connect import Store, open_store
from trade.store.sandbox.arrow_to_pandas import rows_of, to_frame
from trade.store.sandbox.statement_guard import Refused, check_text, unlisted_functions

MOST_ROWS = 500_000
MOST_CELLS = 500_000
MOST_BYTES = 32 << 20
MOST_SECONDS = 15.0
MEMORY = 2 << 30
"""Bytes of address space per worker. An idle one uses 0.8 GB, nearly all of it code and untouched reservations."""
AT_ONCE = 2
"""Workers that run at the same time; further queries wait."""
WAIT = 5.0
START = 8.0
"""Seconds that a query may wait for a worker, and that a worker may take to start."""

_WORKER = Path(__file__).with_name("worker.py")
_ENVIRONMENT = ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_turns = threading.BoundedSemaphore(AT_ONCE)

_CUT = {
    "rows": "Only the first {rows} given; the result has more.",
    "cells": "Only the first {rows} given: a result may have {cells:,} cells (rows times columns).",
    "bytes": "Only the first {rows} given: a result may take {size} MiB.",
}
_LIMITS = {"memory": "sql.memory", "nesting": "sql.nesting", "row": "sql.row"}


class QueryRefused(QueryFailed):
    """The statement is not allowed here, or it is wrong."""


class LimitReached(QueryFailed):
    """The query exceeded a limit of time, memory or nesting, or no worker could run it."""


@dataclass(frozen=True)
class SqlResult:
    """Rows of a query. `types`: DuckDB's type names, one per column; `notes`: what was cut or could not be limited."""

    frame: pd.DataFrame
    truncated: bool
    seconds: float
    version: str
    types: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        return list(self.frame.columns)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows of numbers, strings, booleans, None, lists and dicts."""
        return rows_of(self.frame, self.types)

    def as_dict(self) -> dict[str, Any]:
        """What `trade sql --format json` prints."""
        return {
            "version": self.version,
            "columns": self.columns,
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows()],
            "truncated": self.truncated,
            "seconds": self.seconds,
        }


def run_sql(sql: str, *, store: Store | None = None, rows: int = 10_000, seconds: float = 10) -> SqlResult:
    """The first `rows` rows of one read-only statement. It may run for `seconds`; starting a worker adds some 0.3 s.

    Args:
        store: the store to query; default: the one in service.

    Raises:
        QueryRefused: the statement is not allowed or is wrong. LimitReached: it exceeded a limit.
        BadParameter: `rows` or `seconds` are out of bounds. StoreMissing, StoreDamaged: there is no usable store.
    """
    _check_bounds(rows, seconds)
    try:
        check_text(sql)
    except Refused as refusal:
        raise _refused(refusal.key, refusal.values) from None
    store = store or open_store()
    request = {"store": str(store.path), "sql": sql, "rows": rows, "seconds": seconds}
    limits = {"cells": MOST_CELLS, "bytes": MOST_BYTES, "memory": MEMORY, "unlisted": _unlisted()}
    if not _turns.acquire(timeout=WAIT):
        raise LimitReached("sql.busy", count=AT_ONCE)
    try:
        report, stream = _ask_worker(request | limits)
    finally:
        _turns.release()
    return _result(report, stream, store.version)


@cache
def _unlisted() -> list[str]:
    """Cached per process rather than per query: workers have the same engine and cannot load extensions."""
    with duckdb.connect(config={"threads": 1}) as con:
        return unlisted_functions(con)


def _check_bounds(rows: int, seconds: float) -> None:
    if not 1 <= rows <= MOST_ROWS:
        raise BadParameter("sql.rows", most=MOST_ROWS, given=rows)
    if not 0.1 <= seconds <= MOST_SECONDS:
        raise BadParameter("sql.seconds", most=MOST_SECONDS, given=seconds)


def _ask_worker(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Run a worker to its end; returns its report and its rows."""
    seconds, started = request["seconds"], time.monotonic()
    command = [sys.executable, "-s", "-B", str(_WORKER), str(os.getpid())]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script; the query goes in by standard input
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=START + seconds + 1,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the parent, which ends the worker
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(seconds) from None
    except OSError as error:
        raise LimitReached("sql.no_process", reason=error.strerror) from None
    if done.returncode:
        raise _death(done.returncode, time.monotonic() - started >= seconds, seconds)
    return json.loads(done.stderr.splitlines()[-1]), done.stdout


def _too_long(seconds: float) -> LimitReached:
    return LimitReached("sql.too_slow", seconds=seconds, most=MOST_SECONDS)


def _death(status: int, overdue: bool, seconds: float) -> QueryFailed:
    """The error for a worker that ended without a report: by a kernel timer, for lack of memory, or at its start."""
    timers = {-getattr(signal, name) for name in ("SIGALRM", "SIGXCPU") if hasattr(signal, name)}
    if status in timers and overdue:
        return _too_long(seconds)
    if status in timers:
        return LimitReached("sql.late_start")
    if status < 0:
        return LimitReached("sql.memory")
    return QueryFailed("sql.no_start", status=status)


def _refused(key: str, values: dict[str, Any]) -> QueryRefused:
    """The error for a statement that the guard refused; the value `why` is a message key too."""
    return QueryRefused(key, **values | ({"why": Message(values["why"])} if "why" in values else {}))


def _result(report: dict[str, Any], stream: bytes, version: str) -> SqlResult:
    if "refused" in report:
        raise _refused(report["refused"], report.get("values", {}))
    if "limit" in report:
        raise LimitReached(_LIMITS[report["limit"]], size=MOST_BYTES >> 20)
    if "broken" in report:
        raise StoreDamaged("store.not_opened", reason=report["broken"])
    frame = to_frame(pa.ipc.open_stream(stream).read_all(), report["columns"])
    notes = []
    if report["reached"]:
        rows = "row is" if len(frame) == 1 else f"{len(frame):,} rows are"
        notes.append(_CUT[report["reached"]].format(rows=rows, cells=MOST_CELLS, size=MOST_BYTES >> 20))
    if report["unset"]:
        notes.append(
            f"This system cannot limit a query's {', '.join(report['unset'])}: only its time is limited for sure."
        )
    return SqlResult(frame, bool(report["reached"]), report["seconds"], version, tuple(report["types"]), tuple(notes))

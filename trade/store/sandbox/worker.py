"""The process that runs one query and ends: restricted before it parses the query, killed by the kernel at the
deadline.

It runs as a script, without the rest of the project, because that starts in a quarter of the time. It reads the request
as JSON from standard input, writes the rows to standard output as an Arrow stream, and reports their columns, or an
error, as one JSON object on standard error.

Limits, from the outside in: the parent's timeout; an alarm and a limit of processor time, which the kernel enforces
even if the parent dies; a limit of address space, because DuckDB's memory limit does not cover all that it allocates;
no file, socket or pipe can be opened and no file written; and DuckDB's own settings.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

sys.modules["numpy"] = None  # type: ignore[assignment]  # Arrow works without it and starts in two thirds of the time

import duckdb  # noqa: E402
import pyarrow as pa  # noqa: E402
from statement_guard import Refused, check_statement  # type: ignore[import-not-found]  # noqa: E402 - beside this script

PLAIN = {
    "boolean",
    "tinyint",
    "smallint",
    "integer",
    "bigint",
    "hugeint",
    "utinyint",
    "usmallint",
    "uinteger",
    "ubigint",
    "float",
    "double",
    "decimal",
    "varchar",
    "date",
    "timestamp",
    "timestamp_s",
    "timestamp_ms",
    "timestamp_ns",
    "enum",
}
"""Types that are sent unchanged; so is `timestamp with time zone`."""
NESTED = {"list", "array", "struct", "map", "tuple"}
"""Types that are sent as JSON text. All others (intervals, times, blobs ...) are sent as DuckDB prints them."""

LOCKS = [
    "TimeZone = 'UTC'",
    "max_temp_directory_size = '0B'",
    "python_enable_replacements = false",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "allow_community_extensions = false",
    "allow_persistent_secrets = false",
    "enable_external_access = false",
    "lock_configuration = true",
]

PATH = re.compile(r"(?:[A-Za-z]:)?[/\\][\w.\-/\\]{2,}")

BATCH = 1024
MOST_COLUMNS = 1000


def lock_process(memory: int, seconds: float) -> list[str]:
    """Limit this process to what a query needs. Returns the limits that this system cannot set."""
    unset = []
    if hasattr(os, "nice"):
        os.nice(10)  # the dashboard has priority
    try:
        import resource
    except ImportError:
        return ["memory", "processor time", "open files"]
    limits = {
        "processor time": (resource.RLIMIT_CPU, int(seconds) + 2),
        "open files": (resource.RLIMIT_NOFILE, 0),
        "written files": (resource.RLIMIT_FSIZE, 0),
        "core dumps": (resource.RLIMIT_CORE, 0),
    }
    if sys.platform == "linux":
        limits["memory"] = (resource.RLIMIT_AS, memory)
    else:
        unset.append("memory")  # other kernels accept the limit but do not enforce it
    for name, (which, limit) in limits.items():
        try:
            resource.setrlimit(which, (limit, limit))
        except (OSError, ValueError):
            unset.append(name)
    return unset


def prefer_oom_kill() -> None:
    """Have the kernel kill this process and not the server if the machine runs out of memory."""
    if sys.platform == "linux":
        try:
            Path("/proc/self/oom_score_adj").write_text("1000")
        except OSError:
            return


def set_alarm(seconds: float) -> None:
    """Have the kernel end this process after `seconds`, whatever it is doing."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def connect(store: str) -> duckdb.DuckDBPyConnection:
    """The store, read-only, with DuckDB's access to files and network disabled."""
    con = duckdb.connect(store, read_only=True, config={"threads": 1, "memory_limit": "1GB", "temp_directory": ""})
    for setting in LOCKS:  # the last two prevent further changes of settings
        con.execute(f"SET {setting}")
    return con


def with_arrow_types(rel: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The same rows with columns c0, c1 ..., in types that Arrow and pandas represent without loss."""
    return rel.project(", ".join(f"{_column_sql(at, kind)} AS c{at}" for at, kind in enumerate(rel.types)))


def _column_sql(at: int, kind: Any) -> str:
    column, name = f"#{at + 1}", str(kind.id).lower()
    if str(kind) == "JSON" or name in PLAIN or name.startswith("timestamp with"):
        return column
    return f"CAST(to_json({column}) AS VARCHAR)" if name in NESTED else f"CAST({column} AS VARCHAR)"


class Budget:
    """How much may still be sent: rows, cells (rows times columns) and bytes. `reached` is the limit that was hit."""

    def __init__(self, rows: int, cells: int, size: int, columns: int) -> None:
        self.rows, self.size = max(1, min(rows, cells // max(columns, 1))), size
        self.first = "rows" if self.rows == rows else "cells"
        self.reached = ""

    def take(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of the batch that still fit."""
        if batch.num_rows > self.rows:
            self.reached = self.first
            batch = batch.slice(0, self.rows)
        while batch.num_rows and batch.nbytes > self.size:
            self.reached = "bytes"
            batch = batch.slice(0, batch.num_rows // 2)
        self.rows -= batch.num_rows
        self.size -= batch.nbytes
        return batch


def send(reader: pa.RecordBatchReader, budget: Budget) -> int:
    """Write batches until the rows end or more come than the budget allows. Returns the number of rows sent."""
    sent = 0
    with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as writer:
        for batch in reader:
            part = budget.take(batch)
            writer.write_batch(part)
            sent += part.num_rows
            if budget.reached:
                break
    return sent


def answer(con: duckdb.DuckDBPyConnection, request: dict[str, Any]) -> dict[str, Any]:
    """Run the query; the rows go to standard output."""
    started = time.perf_counter()
    relation = con.sql(check_statement(con, request["sql"], request["unlisted"]))
    if relation is None:
        raise Refused("sql.no_rows")
    if len(relation.columns) > MOST_COLUMNS:
        raise Refused("sql.too_wide", count=len(relation.columns), most=MOST_COLUMNS)
    budget = Budget(request["rows"], request["cells"], request["bytes"], len(relation.columns))
    sent = send(with_arrow_types(relation).to_arrow_reader(BATCH), budget)
    if budget.reached == "bytes" and not sent:
        return {"limit": "row"}
    return {
        "columns": relation.columns,
        "types": [str(kind) for kind in relation.types],
        "reached": budget.reached,
        "seconds": round(time.perf_counter() - started, 3),
    }


def explain(error: Exception, sql: str) -> dict[str, Any]:
    """DuckDB's error in one line, with its suggestion and the place in the query. Paths not in the query are hidden."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    cause = re.sub(r"^(?:\w[\w ]* Error: )+", "", lines[0]).partition(" Use TRY")[0].rstrip(".!")
    if isinstance(error, duckdb.OutOfMemoryException) or "ut of Memory" in lines[0] or "bad_alloc" in lines[0]:
        return {"limit": "memory"}
    if "expression depth" in cause:
        return {"limit": "nesting"}
    if "disabled by configuration" in cause:
        return {"refused": "sql.outside"}
    if "read-only mode" in cause:
        return {"refused": "sql.no_changes"}
    hint = next((line for line in lines[1:] if line.startswith(("Did you mean", "Candidate bindings"))), "")
    place = next((line for line in lines[1:] if line.startswith("LINE ")), "").partition(": ")[2]
    text = cause + (f" ({hint[0].lower()}{hint[1:].rstrip('.')})" if hint else "") + (f", at: {place}" if place else "")
    text = PATH.sub(lambda path: path[0] if path[0] in sql else "…", text)
    return {"refused": "sql.failed", "values": {"reason": shorten(text)}}


def shorten(text: str) -> str:
    """At most 400 characters, all printable: the text may quote a hostile query."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:400]).strip()


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Open the store and set all limits before the query is parsed, then run it."""
    try:
        con = connect(request["store"])
    except duckdb.Error as error:
        return {"broken": shorten(PATH.sub("…", str(error).splitlines()[0]))}
    prefer_oom_kill()
    unset = lock_process(request["memory"], request["seconds"])
    set_alarm(request["seconds"])
    try:
        return answer(con, request) | {"unset": unset}
    except Refused as refusal:
        return {"refused": refusal.key, "values": refusal.values}
    except MemoryError:
        return {"limit": "memory"}
    except Exception as error:  # the process ends here, and the user must get a message
        return explain(error, request["sql"])


def main() -> NoReturn:
    """Answer one request and exit without closing DuckDB, which could take longer than the query."""
    set_alarm(8)  # until the request's own limit is set
    report = run(json.load(sys.stdin.buffer))
    sys.stdout.flush()
    sys.stderr.write(json.dumps(report) + "\n")
    sys.stderr.flush()
    os._exit(0)


def end_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends; exit at once if the parent has already ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    main()

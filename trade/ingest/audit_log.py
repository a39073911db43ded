"""The audit log: one JSON line per change of data in `TRADE_HOME/audit.log`, also for failed ones.

    with audit.change("import", source="my.csv", who="reader@example.org"):
        ...  # raises if it fails; the line says so

Each line is written in one call, so that several processes can write. Lines contain nothing from uploaded files.
"""

from __future__ import annotations

import errno
import fcntl
import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trade import paths
from trade.errors import TradeError
from trade.store.publish import current_store

FILE = "audit.log"
DONE, UNCHANGED, REFUSED, FAULT = "done", "unchanged", "refused", "fault"
_LONGEST = 500


def record(
    what: str,
    *,
    source: str = "",
    result: str = DONE,
    detail: str = "",
    who: str = "",
    before: str = "",
    after: str = "",
    home: Path | None = None,
) -> None:
    """Append one line.

    Raises:
        TradeError: the folder cannot be written.
    """
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": who or _user(),
        "what": what,
        "source": source,
        "result": result,
        "detail": detail,
        "before": before,
        "after": after,
    }
    line = json.dumps({name: str(value)[:_LONGEST] for name, value in entry.items()}, ensure_ascii=False) + "\n"
    _append(home or paths.home(), line.encode("utf-8", "backslashreplace"))


@dataclass
class Change:
    """A change in progress. `detail`: text for its line in the log, such as an accepted loss."""

    detail: str = ""


@contextmanager
def change(what: str, *, source: str = "", who: str = "", home: Path | None = None) -> Iterator[Change]:
    """Log the change made inside the `with` block: version of the store before and after, and the error if it fails.

    Raises:
        whatever the block raises; TradeError: the log cannot be written, which is checked before the block runs.
    """
    before = version(home)
    _append(home or paths.home(), b"")  # fail before the change if it cannot be logged
    result, detail = FAULT, ""
    running = Change()
    try:
        yield running
        detail = running.detail
        result = DONE if version(home) != before else UNCHANGED
    except TradeError as error:
        result, detail = REFUSED, str(error)
        raise
    except BaseException as error:
        detail = type(error).__name__
        raise
    finally:
        record(
            what,
            result=result,
            detail=detail,
            before=before,
            after=version(home),
            source=source,
            who=who,
            home=home,
        )


def trail(home: Path | None = None, last: int = 100) -> list[dict[str, Any]]:
    """The last changes, newest first; incomplete lines are left out."""
    path = (home or paths.home()) / FILE
    if not path.is_file():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - last * 8 * _LONGEST))
        lines = file.read().decode("utf-8", "replace").rstrip("\n").split("\n")
    changes = [change_ for line in lines[-last:] if (change_ := _read(line)) is not None]
    return changes[::-1]


def version(home: Path | None = None) -> str:
    """Version of the store in service; empty if there is none."""
    try:
        return current_store(home or paths.home()).stem.removeprefix("trade-")
    except TradeError:
        return ""


def _read(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "what" in entry else None


def _append(folder: Path, line: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # no other writer between checking the end and appending the line
            if line and os.write(descriptor, _line_break_if_needed(descriptor) + line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise TradeError("import.no_log", path=folder / FILE, reason=error.strerror) from None


def _line_break_if_needed(descriptor: int) -> bytes:
    """A line break if the last line is incomplete because the disk was full, so that the next line is not lost with
    it."""
    size = os.fstat(descriptor).st_size
    return b"\n" if size and os.pread(descriptor, 1, size - 1) != b"\n" else b""


def _user() -> str:
    """The account that runs the process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"

"""Locks on the store folder: one build and one update at a time. The operating system releases the lock of a dead
process."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from trade.errors import Message, TradeError

BUILD_WAIT = 300.0
"""Seconds that a build waits for another one to end; a build takes about five."""


class Busy(TradeError):
    """Another process holds the lock of the store folder."""


@contextmanager
def building(home: Path, wait: float = BUILD_WAIT) -> Iterator[None]:
    """Hold the lock for building a store and putting it in service.

    Raises:
        Busy: another one did not end in time. TradeError: the folder cannot be written.
    """
    lock = _lock(home / ".build.lock", wait)
    if lock is None:
        raise Busy("store.build_runs", home=home, wait=wait)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def updating(home: Path, what: str) -> Iterator[None]:
    """Hold the lock for updates and imports; a note in the folder tells other processes what is running.

    Raises:
        Busy: another update runs. TradeError: the folder cannot be written.
    """
    path = home / ".update.lock"
    lock = _lock(path, 0)
    if lock is None:
        raise Busy("store.update_runs", update=_update_note(home))
    note = {"what": what, "process": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        with contextlib.suppress(OSError):  # the note is only information for other processes
            _note(home).write_text(json.dumps(note), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            _note(home).unlink(missing_ok=True)
        lock.release()


def running(home: Path) -> str:
    """The update that runs now, in a few words; empty if none does."""
    lock = FileLock(home / ".update.lock", timeout=0)
    try:
        with lock:
            return ""
    except Timeout:
        return str(_update_note(home))
    except OSError:
        return ""


def _note(home: Path) -> Path:
    return home / ".update.json"


def _update_note(home: Path) -> Message:
    with contextlib.suppress(OSError, ValueError, KeyError):
        note = json.loads(_note(home).read_text(encoding="utf-8"))
        return Message("store.update", what=note["what"], process=note["process"], since=note["since"])
    return Message("store.update_unknown")


def _lock(path: Path, wait: float) -> FileLock | None:
    """The acquired lock; None if another process still holds it after `wait` seconds."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=wait)
        lock.acquire()
    except Timeout:
        return None
    except OSError as error:
        raise TradeError("store.folder_locked", home=path.parent, reason=error.strerror) from None
    return lock

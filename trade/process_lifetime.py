"""Lifetime of processes: children end with their parent; a command that gets SIGTERM cleans up."""

from __future__ import annotations

import ctypes
import signal
import sys
from types import FrameType
from typing import NoReturn

_PR_SET_PDEATHSIG = 1
ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def end_with_parent() -> None:
    """Have the kernel end this process when its parent ends, even by `kill -9`. Does nothing except on Linux.

    For `preexec_fn` of a program without other threads, or for the first line of a child.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def clean_up_when_ended() -> None:
    """On a signal to end, exit through `finally` and `with` as Ctrl-C does, so that drafts and children are removed."""
    for number in ENDINGS:
        signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)

"""The callback with which long-running work reports its progress."""

from __future__ import annotations

from collections.abc import Callable

from trade.errors import Message

ProgressCallback = Callable[[Message, float], object]
"""Called with the name of a step, in any language, and the share of all work that is done, from 0 to 1."""


def no_progress(step: Message, done: float) -> None:
    """Ignore the progress; the default callback."""

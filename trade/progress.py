"""How long work reports its progress."""

from __future__ import annotations

from collections.abc import Callable

from trade.errors import Message

ProgressCallback = Callable[[Message, float], object]
"""Called with a step, in words of any language, and the share of all work that is done, from 0 to 1."""


def no_progress(step: Message, done: float) -> None:
    """A callback for whoever does not ask."""

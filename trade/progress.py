"""How long work reports its progress."""

from __future__ import annotations

from collections.abc import Callable

ProgressCallback = Callable[[str, float], object]
"""Called with the name of a step and the share of all work that is done, from 0 to 1."""


def no_progress(step: str, done: float) -> None:
    """A callback for whoever does not ask."""

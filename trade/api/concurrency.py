"""Run queries in threads, a few at a time; further ones wait, and beyond a limit they are rejected at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from trade.errors import TradeError

T = TypeVar("T")


class TooManyQuestions(TradeError):
    """Too many requests are waiting."""


class Limiter:
    """At most `at_once` calls run, at most `waiting` more wait."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once, self._waiting = at_once, waiting
        self._inside = 0
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, from a thread.

        Raises:
            TooManyQuestions: too many wait already.
        """
        if self._inside >= self._at_once + self._waiting:
            raise TooManyQuestions("api.too_many")
        if self._limiter is None:  # needs a running event loop
            self._limiter = anyio.CapacityLimiter(self._at_once)
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1

    @property
    def inside(self) -> int:
        """Calls that run or wait."""
        return self._inside

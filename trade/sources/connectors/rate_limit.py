"""How fast a source may be asked, and what to do when it says no."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Throttled(Exception):
    """The source asks for patience (HTTP 429). `wait`: seconds it names, None if it names none."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Unavailable(Exception):
    """A fault that may pass: no connection, a time-out, HTTP 5xx, a body that was cut short."""


class Pace:
    """At most `calls` in any `seconds`. `wait()` returns when the next call may go out."""

    def __init__(
        self,
        calls: int,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.calls, self.seconds, self._clock, self.sleep = calls, seconds, clock, sleep
        self._last: deque[float] = deque(maxlen=calls)

    def wait(self) -> None:
        if len(self._last) == self.calls:
            rest = self._last[0] + self.seconds - self._clock()
            if rest > 0:
                self.sleep(rest)
        self._last.append(self._clock())


def retried(
    get: Callable[[], T],
    pace: Pace,
    *,
    tries: int = 5,
    first: float = 1.0,
    longest: float = 120.0,
    waits: Callable[[float, Exception], object] = lambda *_: None,
) -> T:
    """What `get` returns, asked again after `Throttled` or `Unavailable`, each time twice as long later, with jitter.

    A wait that the source names is kept instead, up to `longest`. `waits` hears of each before it begins.

    Raises:
        Throttled, Unavailable: the last one, after `tries`, or at once if the source asks for more than `longest`.
    """
    for attempt in range(tries):
        pace.wait()
        try:
            return get()
        except (Throttled, Unavailable) as fault:
            named = fault.wait if isinstance(fault, Throttled) else None
            if attempt == tries - 1 or (named is not None and named > longest):
                raise
            doubled = min(longest, first * 2**attempt) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads the load
            wait = doubled if named is None else named
            waits(wait, fault)
            pace.sleep(wait)
    raise AssertionError("unreachable")

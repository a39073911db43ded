"""Rate limits and retries of requests to a source. Retries follow `urllib3.Retry`."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from urllib3.exceptions import MaxRetryError
from urllib3.util.retry import RequestHistory, Retry

from trade.errors import TradeError

T = TypeVar("T")
_LONGEST_NAMED = 120.0
"""Seconds. If a source demands a longer wait, the run ends; a later one resumes with the saved pages."""
_FIRST_CALL = RequestHistory("GET", None, None, None, None)
RETRY = Retry(
    total=4,
    status_forcelist=(408, 425, 429, 500, 502, 503, 504),
    backoff_factor=0.25,
    backoff_jitter=0.5,
    backoff_max=120,
    retry_after_max=7 * 24 * 3600,
    # Without an entry, urllib3 would retry at once; with one, waits start at 0.5 to 1 s and double.
    history=(_FIRST_CALL,),
)


class Throttled(TradeError):
    """HTTP 429: too many requests. `wait`: seconds until the next one, None if the source does not say."""

    def __init__(self, key: str, wait: float | None = None) -> None:
        super().__init__(key)
        self.wait = wait


class Unavailable(TradeError):
    """A temporary failure: no connection, a timeout, HTTP 5xx, a truncated body."""


class Pace:
    """At most `calls` in any `seconds`. `wait()` returns when the next call is allowed."""

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
    waits: Callable[[float, Exception], object] = lambda *_: None,
) -> T:
    """The result of `get`, retried after `Throttled` or `Unavailable` with exponential backoff and jitter.

    A wait demanded by the source is used instead, up to two minutes. `waits` is called before each wait.

    Raises:
        Throttled, Unavailable: the last one, after `tries`, or at once if the source asks for a longer wait.
    """
    policy = RETRY.new(total=tries - 1)
    while True:
        pace.wait()
        try:
            return get()
        except (Throttled, Unavailable) as fault:
            named = fault.wait if isinstance(fault, Throttled) else None
            try:
                policy = policy.increment("GET", error=fault)
            except MaxRetryError:
                raise fault from None
            if named is not None and named > _LONGEST_NAMED:
                raise
            wait = policy.get_backoff_time() if named is None else named
            waits(wait, fault)
            pace.sleep(wait)

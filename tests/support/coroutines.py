"""Coroutines in tests: a session with Playwright leaves an event loop running in the thread of the tests."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T], seconds: float = 240) -> T:
    """What `coroutine` returns, run in a thread of its own; TimeoutError after `seconds`."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, asyncio.wait_for(coroutine, seconds)).result()

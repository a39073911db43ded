"""A load test with many users for many minutes: errors, memory and times over time, compared with an empty page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.page_scenarios import EMPTY, Visit
from benchmarks.servers import Server
from benchmarks.simulated_readers import Seen, concurrent_readers
from benchmarks.timings import ratio_of_medians, summary

EMPTY_READERS = 10
"""Maximum number of users on the empty page, which only shows how busy the machine is meanwhile."""
SAMPLE = 15.0
"""Seconds between two samples of memory and times."""


async def load(
    server: Server, empty: Server, visits: Sequence[Visit], count: int, minutes: float, tell: Callable[[str], object]
) -> dict[str, Any]:
    """Simulate `count` users, spread over the pages, for `minutes`; each makes changes of their own."""
    seen: dict[str, Seen] = {}
    nothing: dict[str, Seen] = {}
    curve: list[dict[str, Any]] = []
    watching = asyncio.create_task(_watch(server, seen, nothing, curve, tell))
    try:
        await asyncio.gather(
            concurrent_readers(server, visits, count, 60 * minutes, seen),
            concurrent_readers(empty, [EMPTY], min(count, EMPTY_READERS), 60 * minutes, nothing),
        )
    finally:
        watching.cancel()
    runs = [run for one in seen.values() for run in one.runs]
    errors = [error for one in seen.values() for error in one.errors]
    own, least = summary(runs), summary(nothing[""].runs)
    return {
        "readers": count,
        "minutes": minutes,
        "all": own,
        "empty": least,
        "vs_empty": ratio_of_medians(own, least),
        "opened": summary([run for one in seen.values() for run in one.opened]),
        "pages": {page: summary(one.runs) for page, one in seen.items()},
        "errors": len(errors),
        "errors_told": sorted(set(errors))[:20],
        "curve": curve,
    }


async def _watch(
    server: Server,
    seen: dict[str, Seen],
    nothing: dict[str, Seen],
    curve: list[dict[str, Any]],
    tell: Callable[[str], object],
) -> None:
    """Every `SAMPLE` seconds add to `curve`, and print, the figures since the last sample."""
    started, done, least = time.monotonic(), 0, 0
    while True:
        await asyncio.sleep(SAMPLE)
        runs = [run for one in list(seen.values()) for run in one.runs]
        runs.sort(key=lambda run: run.at)
        beside = nothing[""].runs if "" in nothing else []
        memory = server.memory_bytes()
        own, other = summary(runs[done:]), summary(beside[least:])
        point = {
            "second": round(time.monotonic() - started),
            "memory_mb": None if memory is None else round(memory / 1e6, 1),
            "errors": sum(len(one.errors) for one in seen.values()),
            "own": own,
            "empty": other,
        }
        done, least = len(runs), len(beside)
        curve.append(point)
        tell(
            f"{point['second']:5d} s  {point['memory_mb']} MB  {point['errors']} errors  "
            f"{own.get('median_ms')} / {own.get('p95_ms')} ms  "
            f"empty {other.get('median_ms')} / {other.get('p95_ms')} ms"
        )

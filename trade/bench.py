"""How long the measures take on this machine: medians with their spread, never a pass or a fail.

Every measure on the store in service, with its default parameters, through the public path (`trade.measures.run`),
after one warm-up run. `trade bench` has it in its full run, beside the pages (`benchmarks/`).
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from typing import Any

from trade.errors import NoRows
from trade.measures import catalog, run
from trade.store import Store

RUNS, QUICK_RUNS = 30, 7


def bench(store: Store, quick: bool = False, progress: Callable[[str, float], object] | None = None) -> dict[str, Any]:
    """`{"measures": {id: {"median_ms", "min_ms", "max_ms"}}, "runs", "machine", "version"}`; without data: None."""
    runs = QUICK_RUNS if quick else RUNS
    names = list(catalog())
    timed: dict[str, dict[str, float] | None] = {}
    for number, name in enumerate(names):
        if progress:
            progress(name, number / len(names))
        timed[name] = _time(store, name, runs)
    return {"measures": timed, "runs": runs, "machine": machine(), "version": store.version}


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _time(store: Store, name: str, runs: int) -> dict[str, float] | None:
    try:
        run(store, name)
    except NoRows:
        return None
    spent = [_once(store, name) for _ in range(runs)]
    return {
        "median_ms": round(statistics.median(spent), 2),
        "min_ms": round(min(spent), 2),
        "max_ms": round(max(spent), 2),
    }


def _once(store: Store, name: str) -> float:
    started = time.perf_counter()
    run(store, name)
    return 1000 * (time.perf_counter() - started)

"""Run the benchmark: start the servers, simulate the users in order, and compute the results."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from benchmarks import browser, history, servers
from benchmarks.client import Reader, Run
from benchmarks.page_scenarios import EMPTY, VISITS, Visit
from benchmarks.servers import PROJECT, Server
from benchmarks.simulated_readers import Seen, concurrent_readers, exploring, options_of, single_readers, throughput
from benchmarks.timings import ratio, ratio_of_medians, summary
from trade.process_lifetime import end_with_parent
from trade.store import open_store

Tell = Callable[[str], object]
PARTS = PROJECT / "benchmarks" / "microbenchmarks.py"
"""The benchmarks of the parts of a page."""
SEED = 2026
"""Seed of the random changes, so that every run makes the same ones."""


@dataclass(frozen=True)
class Extent:
    """How much is measured.

    `unseen` is the number of cold changes (on our page, on the plain page), `rounds` and `page_seconds` limit the warm
    changes of a single user, `busy_seconds` is the time for throughput, `crowds` are numbers of concurrent users and
    `crowd_seconds` their time (per page if `by_page`), `visits` the first visits to each page of `visited`.
    """

    kind: str
    unseen: tuple[int, int]
    rounds: int
    page_seconds: float
    busy_seconds: float
    crowds: tuple[int, ...]
    crowd_seconds: float
    by_page: bool
    starts: int
    visits: int
    visited: tuple[str, ...]
    parts: bool


QUICK = Extent("quick", (20, 20), 20, 18, 1.0, (10, 30), 12, False, 2, 1, ("overview",), False)
FULL = Extent("full", (50, 25), 30, 30, 4, (10, 30, 100), 20, True, 5, 3, tuple(one.page for one in VISITS), True)


def measure(extent: Extent, visits: Sequence[Visit], tell: Tell) -> dict[str, Any]:
    """Run the whole benchmark. `ratios` holds the comparisons, the other keys the measurements behind them."""
    tell("build")
    results: dict[str, Any] = {
        "kind": extent.kind,
        "machine": machine(),
        "version": open_store().version,
        "date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "build_seconds": build_seconds(),
    }
    tell("start-up")
    results["start_seconds"] = start_seconds(extent.starts)
    with servers.ours() as own, servers.empty() as empty, servers.plain() as plain:
        pages = {}
        for visit in visits:
            tell(f"{visit.page}: one reader")
            pages[visit.page] = asyncio.run(one_page(own, empty, plain, visit, extent))
        results["pages"] = pages
        tell("memory")
        results["memory"] = asyncio.run(memory(own, visits, 20))
        results["crowds"] = {}
        for count in extent.crowds:
            tell(f"{count} readers")
            results["crowds"][str(count)] = asyncio.run(concurrent_load(own, empty, visits, count, extent))
        reason = browser.missing()
        results["browser"] = {"missing": reason} if reason else _browser(own, extent, tell)
    if extent.parts:
        tell("parts")
        results["parts"] = parts()
    results["runs"] = {name: one["warm"]["runs"] for name, one in pages.items()}
    results["ratios"] = ratios(results)
    return results


async def one_page(own: Server, empty: Server, plain: Server, visit: Visit, extent: Extent) -> dict[str, Any]:
    """Measure one page on all three servers with a single user: cold and warm times, processor time, throughput.

    Cold changes lead to a view that nobody has opened since the server started, as a user who explores makes them.
    Warm changes choose the options of one control again and again.
    """
    explored, simple_explored = await exploring(((own, visit), (plain, Visit(visit.page))), extent.unseen, SEED)
    spent = own.processor_seconds()
    plan = ((own, visit), (empty, EMPTY), (plain, Visit(visit.page, visit.control, visit.query)))
    options = await options_of(own, visit)
    ours, nothing, simple = await single_readers(plan, extent.rounds + options, options + 3, extent.page_seconds)
    after = own.processor_seconds()
    first = len(visit.timed or range(options))
    rates = [await throughput(server, page, extent.busy_seconds) for server, page in plan]
    return {
        "opened": summary(explored.opened),
        "cold": summary(explored.runs),
        "plain_cold": summary(simple_explored.runs),
        "warm": summary(ours.runs[first:]),
        "empty": summary(nothing.runs[first:]),
        "plain": summary(simple.runs[first:]),
        "processor_ms": None if spent is None or after is None else _each(after - spent, len(ours.runs) or 1),
        "per_second": {"ours": _round(rates[0]), "empty": _round(rates[1]), "plain": _round(rates[2])},
        "errors": [*explored.errors, *simple_explored.errors, *ours.errors, *nothing.errors, *simple.errors],
    }


async def concurrent_load(
    own: Server, empty: Server, visits: Sequence[Visit], count: int, extent: Extent
) -> dict[str, Any]:
    """Measure `count` users who pause between clicks, while as many use the empty page."""
    seen: dict[str, Seen] = {}
    plans = [[visit] for visit in visits] if extent.by_page else [list(visits)]
    nothing: dict[str, Seen] = {}
    for plan in plans:
        await asyncio.gather(
            concurrent_readers(own, plan, count, extent.crowd_seconds, seen),
            concurrent_readers(empty, [EMPTY], count, extent.crowd_seconds, nothing),
        )
    return {
        "empty": summary(nothing[""].runs),
        "all": summary([run for one in seen.values() for run in one.runs]),
        "pages": {page: summary(one.runs) for page, one in seen.items()},
        "errors": [error for one in seen.values() for error in one.errors],
    }


async def memory(server: Server, visits: Sequence[Visit], more: int) -> dict[str, float | None]:
    """Megabytes per additional session: open a session for each visit, then `more`, each with a click."""
    readers: list[Reader] = []
    try:
        await _open_sessions(server, visits, readers, len(visits))
        before = server.memory_bytes()
        await _open_sessions(server, visits, readers, more)
        after = server.memory_bytes()
    finally:
        for reader in readers:
            await reader.__aexit__()
    known = before is not None and after is not None
    return {
        "process_mb": _mega(after),
        "per_session_mb": round((after - before) / more / 1e6, 2) if known else None,  # type: ignore[operator]
    }


async def _open_sessions(server: Server, visits: Sequence[Visit], readers: list[Reader], count: int) -> None:
    for number in range(count):
        visit = visits[number % len(visits)]
        reader = await Reader(server.base, visit.page, visit.query).__aenter__()
        readers.append(reader)
        await reader.choose(visit.control, 0)


def start_seconds(starts: int) -> dict[str, float]:
    """Seconds from the command to the first successful health check."""
    spent = []
    for _ in range(starts):
        with servers.ours() as server:
            spent.append(server.started_seconds)
    return {"median": _round(sorted(spent)[len(spent) // 2]), "least": _round(min(spent))}


def build_seconds() -> float:
    """Seconds of `trade build` into an empty folder, always the same one: a killed run leaves at most one behind."""
    home = history.folder() / "build"
    shutil.rmtree(home, ignore_errors=True)
    try:
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "trade", "build", "--json"],
            cwd=PROJECT,
            env=os.environ | {"TRADE_HOME": str(home)},
            check=True,
            stdout=subprocess.DEVNULL,
            preexec_fn=end_with_parent,
        )
        return _round(time.perf_counter() - started)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def parts() -> dict[str, Any]:
    """Milliseconds of each benchmark of `PARTS`: median, minimum and interquartile range."""
    if find_spec("pytest_benchmark") is None:
        return {"missing": "pytest-benchmark is not installed"}
    file = history.folder() / "parts"
    file.parent.mkdir(parents=True, exist_ok=True)
    options = [f"--benchmark-json={file}", "--benchmark-min-rounds=7", "--benchmark-max-time=0.2", "-q"]
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", str(PARTS), *options]
    subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL, preexec_fn=end_with_parent
    )
    timings = json.loads(file.read_text(encoding="utf-8"))["benchmarks"]
    numbers = {"median_ms": "median", "min_ms": "min", "spread_ms": "iqr"}
    return {one["name"]: {name: _round(1000 * one["stats"][key]) for name, key in numbers.items()} for one in timings}


def machine() -> dict[str, Any]:
    """The machine that the figures were measured on, and its load average now."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }


def ratios(results: dict[str, Any]) -> dict[str, float | None]:
    """Ratios by page; None where a median rests on fewer than 20 runs.

    `cold_vs_plain`: median cold change of the plain page over ours. `vs_empty`: median warm change of ours over the
    empty page, one user; `vs_empty_30`: with 30 users. `vs_plain`: changes per second of ours over the plain page.
    """
    found: dict[str, float | None] = {}
    for page, one in results["pages"].items():
        found[f"{page}.cold_vs_plain"] = ratio_of_medians(one["plain_cold"], one["cold"])
        found[f"{page}.vs_empty"] = ratio_of_medians(one["warm"], one["empty"])
        found[f"{page}.vs_plain"] = ratio(one["per_second"]["ours"], one["per_second"]["plain"])
        for count, all_of_them in results["crowds"].items():
            own = all_of_them["pages"].get(page)
            found[f"{page}.vs_empty_{count}"] = ratio_of_medians(own, all_of_them["empty"]) if own else None
    return found


def _browser(server: Server, extent: Extent, tell: Tell) -> dict[str, Any]:
    found = {}
    for page in extent.visited:
        tell(f"{page}: in the browser")
        found[page] = browser.first_visit(server, page, extent.visits)
    tell("a slow line")
    return found | {"slow": browser.first_visit(server, extent.visited[0], extent.visits, slow=True)}


def _each(seconds: float, runs: int) -> float:
    return round(1000 * seconds / runs, 1)


def _mega(size: int | None) -> float | None:
    return None if size is None else round(size / 1e6, 1)


def _round(value: float) -> float:
    return round(value, 2)


__all__ = ["FULL", "QUICK", "Extent", "Run", "measure"]

"""Compare the pages on two stores: what a larger store costs. Ratios are medians of the other store over ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.client import Run
from benchmarks.page_scenarios import Visit
from benchmarks.servers import Server
from benchmarks.simulated_readers import options_of, single_readers
from benchmarks.timings import ratio_of_medians, summary
from trade.store import open_store

STARTS = 5
"""Number of times that both servers are started: opening a page and choosing an option are cold once per start."""
ROUNDS = 20
PARTS = ("opened", "cold", "warm")
Parts = dict[str, list[Run]]


def compare_stores(home: Path, visits: Sequence[Visit], tell: Callable[[str], object]) -> dict[str, Any]:
    """Every page on the store in service and on that of the folder `home`."""
    seen: dict[str, tuple[Parts, Parts]] = {visit.page: _nothing() for visit in visits}
    for start in range(STARTS):
        with servers.ours() as own, servers.ours(home) as other:
            for visit in visits:
                tell(f"{visit.page}: start {start + 1} of {STARTS}")
                asyncio.run(_one((own, other), visit, seen[visit.page]))
    pages = {
        page: {part: {"own": summary(own[part]), "other": summary(other[part])} for part in PARTS}
        for page, (own, other) in seen.items()
    }
    return {
        "kind": "beside",
        "versions": {"own": open_store().version, "other": open_store(home).version},
        "pages": pages,
        "ratios": {
            f"{page}.{part}": ratio_of_medians(two["other"], two["own"])
            for page, parts in pages.items()
            for part, two in parts.items()
        },
    }


def _nothing() -> tuple[Parts, Parts]:
    own, other = ({part: list[Run]() for part in PARTS} for _ in range(2))
    return own, other


async def _one(places: tuple[Server, Server], visit: Visit, parts_of_both: tuple[Parts, Parts]) -> None:
    """Add the runs of one user on each server to `parts_of_both`."""
    found = await single_readers([(server, visit) for server in places], ROUNDS, ROUNDS, 0.0)
    first = len(visit.timed or range(await options_of(places[0], visit)))
    for parts, seen in zip(parts_of_both, found, strict=True):
        if seen.errors:
            raise RuntimeError(f"{visit.page}: {seen.errors[0]}")
        for part, runs in zip(PARTS, (seen.opened, seen.runs[:first], seen.runs[first:]), strict=True):
            parts[part] += runs

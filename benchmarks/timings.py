"""Summary statistics of timings: median, percentiles, ratios."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from benchmarks.client import Run

Numbers = dict[str, float | int]
ENOUGH = 20
"""Minimum number of runs for a ratio; with fewer, only the median is shown."""


def summary(runs: Sequence[Run]) -> Numbers:
    """Median, 95th percentile and spread (the middle half) in milliseconds, the median of bytes and messages."""
    if not runs:
        return {"runs": 0}
    spent = sorted(1000 * one.seconds for one in runs)
    return {
        "median_ms": round(statistics.median(spent), 2),
        "p95_ms": round(_part(spent, 0.95), 2),
        "spread_ms": round(_part(spent, 0.75) - _part(spent, 0.25), 2),
        "bytes": int(statistics.median(one.bytes for one in runs)),
        "messages": int(statistics.median(one.messages for one in runs)),
        "runs": len(runs),
    }


def _part(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def ratio(one: float | None, other: float | None) -> float | None:
    """`one` over `other` to two decimals; None if either is unknown or `other` is 0."""
    return round(one / other, 2) if one is not None and other else None


def ratio_of_medians(one: Numbers, other: Numbers) -> float | None:
    """The ratio of two medians; None if either rests on fewer than `ENOUGH` runs."""
    if min(one.get("runs", 0), other.get("runs", 0)) < ENOUGH:
        return None
    return ratio(one.get("median_ms"), other.get("median_ms"))

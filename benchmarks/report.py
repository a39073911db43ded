"""Print the results of a benchmark as tables."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console
from rich.table import Table

COLUMNS = 170
"""Width of the output when it is not a terminal: that of the widest table."""
screen = Console(highlight=False, width=None if sys.stdout.isatty() else COLUMNS)


def show(measured: dict[str, Any], changed: dict[str, float]) -> None:
    """Print one table of the pages, and the other results in lines below it."""
    table = Table(
        "page", "cold", "p95", "runs", "plain cold", "x faster", "warm", "p95", "runs", "empty", "x empty",
        "plain", "per s", "x plain", "kB", "cpu ms",
        title="One reader, milliseconds; cold: changes that nobody made before",
    )  # fmt: skip
    for page, one in measured["pages"].items():
        cold, warm = one["cold"], one["warm"]
        table.add_row(
            page, _cell(cold.get("median_ms")), _cell(cold.get("p95_ms")), str(cold["runs"]),
            _cell(one["plain_cold"].get("median_ms")), _ratio(measured, changed, f"{page}.cold_vs_plain"),
            _cell(warm.get("median_ms")), _cell(warm.get("p95_ms")), str(warm["runs"]),
            _cell(one["empty"].get("median_ms")), _ratio(measured, changed, f"{page}.vs_empty"),
            _cell(one["plain"].get("median_ms")),
            _cell(one["per_second"]["ours"]), _ratio(measured, changed, f"{page}.vs_plain"),
            _cell(warm.get("bytes", 0) / 1000), _cell(one["processor_ms"]),
        )  # fmt: skip
    screen.print(table)
    crowds = Table("readers", "page", "median", "p95", "spread", "runs", "x empty", title="Readers who think")
    for count, crowd in measured["crowds"].items():
        for name, one in {"(empty)": crowd["empty"], "(all)": crowd["all"], **crowd["pages"]}.items():
            cells = (_cell(one.get(part)) for part in ("median_ms", "p95_ms", "spread_ms"))
            crowds.add_row(count, name, *cells, str(one["runs"]), _ratio(measured, changed, f"{name}.vs_empty_{count}"))
    screen.print(crowds)
    errors = [
        error for part in (measured["pages"], measured["crowds"]) for one in part.values() for error in one["errors"]
    ]
    lines = {
        "build": f"{measured['build_seconds']} s",
        "command to first health answer": f"{measured['start_seconds']['median']} s",
        "memory": "{process_mb} MB, {per_session_mb} MB per further session".format(**measured["memory"]),
        **_visits(measured["browser"]),
        "errors": f"{len(errors)} {sorted(set(errors))[:5] if errors else ''}",
    }
    if parts := measured.get("parts"):
        lines["parts, slowest medians"] = parts.get("missing") or ", ".join(_slowest(parts))
    for name, words in lines.items():
        screen.print(f"{name}: {words}", markup=False, soft_wrap=True)


def _visits(browser: dict[str, Any]) -> dict[str, str]:
    """A line for each first visit in a browser with an empty cache, or the reason why there are none."""
    if reason := browser.get("missing"):
        return {"browser": str(reason)}
    return {
        f"first visit, {'a slow line' if page == 'slow' else page}": "; ".join(
            f"text {_seconds(one['first_paint_ms'])}, first chart {_seconds(one['first_chart_ms'])}, "
            f"last chart {_seconds(one['last_chart_ms'])}, {one['files_kb']} kB"
            for one in visits
        )
        for page, visits in browser.items()
    }


def _seconds(milliseconds: float | None) -> str:
    return "none" if milliseconds is None else f"{milliseconds / 1000:.1f} s"


def _slowest(parts: dict[str, dict[str, float]]) -> list[str]:
    """The ten slowest microbenchmarks."""
    ranked = sorted(parts.items(), key=lambda one: -one[1]["median_ms"])
    return [f"{name} {numbers['median_ms']} ms" for name, numbers in ranked[:10]]


def _ratio(measured: dict[str, Any], changed: dict[str, float], name: str) -> str:
    value = measured["ratios"].get(name)
    return _cell(value) + (f" (x{changed[name]:.2f})" if name in changed else "") if value is not None else ""


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"

"""Shared by `trade update` and `trade import`: options, and the report of what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.table import Table

from trade.cli.console import errors, print_json, screen
from trade.errors import TradeError
from trade.ingest.apply import UpdateReport
from trade.store.loss_guard import LossRefused

LISTED = 20
"""Revisions and refusals that a screen shows; --json lists more."""

DryOption = Annotated[
    bool, typer.Option("--dry-run", help="Read and check everything, show how it was read, publish nothing.")
]
AcceptOption = Annotated[
    bool,
    typer.Option(
        "--accept-loss", help="Put it in service although figures would be withdrawn or moved beyond measure."
    ),
]


@contextmanager
def showing_refusals(as_json: bool) -> Iterator[None]:
    """Show what a refused change would have done before the sentence that refuses it."""
    try:
        yield
    except LossRefused as error:
        if not as_json:
            for report in error.reports:
                if isinstance(report, UpdateReport):
                    _print_report(report, preview=True)
        raise


def print_reports(
    reports: Sequence[UpdateReport], failed: Mapping[str, TradeError], as_json: bool, preview: bool
) -> None:
    """What each source or file changed, and the sentences of those that were refused."""
    if as_json:
        outcome = {
            "reports": [report.as_dict() for report in reports],
            "failed": {name: str(error) for name, error in failed.items()},
        }
        print_json(outcome)
        return
    for report in reports:
        _print_report(report, preview)
    for error in failed.values():
        errors.print(str(error), style="red", markup=False, soft_wrap=True)


def _print_report(report: UpdateReport, preview: bool) -> None:
    state = "in service" if report.published else "not published"
    screen.print(
        f"{report.source}, vintage {report.vintage}: {state} (store {report.version}, {report.seconds:.1f} s)",
        markup=False,
    )
    for name, count in report.rows.items():
        screen.print(f"  {name}: {count:,} rows", markup=False)
    screen.print(
        f"  new {report.rows_new:,}, revised {report.rows_revised:,}, as before {report.rows_same:,},"
        f" withdrawn {report.rows_withdrawn:,}, refused {len(report.refused):,}",
        markup=False,
    )
    for note in report.notes:
        screen.print(f"  {note}", markup=False, soft_wrap=True)
    for concern in report.concerns:
        screen.print(f"  {concern.sentence()}", markup=False, soft_wrap=True)
    if preview:
        _print_preview(report)
    if report.revised:
        table = Table("table", "row", "column", "old", "new", "old vintage", title="Revised", title_justify="left")
        for revision in report.revised[:LISTED]:
            table.add_row(
                revision.table,
                revision.place,
                revision.column,
                _number(revision.old),
                _number(revision.new),
                revision.old_vintage,
            )
        screen.print(table)
    if report.refused:
        rows = Table("file", "row", "column", "value", "reason", title="Refused", title_justify="left")
        for refusal in report.refused[:LISTED]:
            rows.add_row(refusal.file, str(refusal.row or ""), refusal.column, refusal.value, str(refusal.reason))
        screen.print(rows)


def _print_preview(report: UpdateReport) -> None:
    """How the first rows were read, and the totals that come beside those in service."""
    if report.readings:
        columns = ("row", "printed", "period", "flow", "partner", "code", "number", "value", "unit")
        read = Table(*columns, title="As read", title_justify="left")
        for reading in report.readings:
            partner = (reading.partner_printed, reading.partner)
            period = (reading.period_printed, reading.period, reading.flow)
            number = (reading.number_printed, _number(reading.value), reading.unit)
            read.add_row(str(reading.row), *period, *partner, *number)
        screen.print(read)
    if report.totals:
        totals = Table("statement", "in service", "rows", "now", "rows", "change", title="Totals", title_justify="left")
        for total in report.totals[:LISTED]:
            before = (_number(total.before), str(total.members_before or ""))
            after = (_number(total.after), str(total.members or ""))
            totals.add_row(f"{total.table} {total.statement}", *before, *after, _change(total.before, total.after))
        screen.print(totals)


def _change(before: float | None, after: float | None) -> str:
    if before is None:
        return "new"
    if after is None:
        return "withdrawn"
    return f"{100 * (after / before - 1):+.1f}%" if before else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"

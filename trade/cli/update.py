"""`trade update SOURCE` and `trade import FILE`: new facts from a network source or from files, with a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from trade.cli.console import JsonOption, errors, print_json, progress_bar, read_pairs, screen
from trade.errors import TradeError
from trade.ingest import audit, file_reader, pipeline
from trade.ingest.apply import UpdateReport, accepted_losses
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


def update(
    source: Annotated[str, typer.Argument(help="Name of a live source; without it they are listed.")] = "",
    option: Annotated[list[str] | None, typer.Option("--option", "-o", help="key=value; may be repeated.")] = None,
    dry_run: DryOption = False,
    accept_loss: AcceptOption = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch new and revised figures from a live source, check them and put them in service."""
    if not source:
        _list_sources(as_json)
        return
    with _showing(as_json), audit.change("update", source=source) as change:
        with progress_bar("Starting", quiet=as_json) as progress:
            options = read_pairs(option)
            report = pipeline.update(source, options, say=progress, dry_run=dry_run, accept_loss=accept_loss)
        change.detail = accepted_losses([report])
    _print([report], {}, as_json, dry_run)


def import_files(
    file: Annotated[Path, typer.Argument(help="A table of customs, a table of your own, or a folder of them.")],
    mapping: Annotated[
        Path | None, typer.Option(help="What the columns of your own table mean (docs/updating.md).")
    ] = None,
    source: Annotated[str, typer.Option("--as", help="Name under which a table of your own is kept.")] = "",
    published: Annotated[
        str, typer.Option(help="Day on which it was published (2026-09-18), if the file does not say.")
    ] = "",
    dry_run: DryOption = False,
    accept_loss: AcceptOption = False,
    as_json: JsonOption = False,
) -> None:
    """Import tables of China's customs as published, or a table of your own with a mapping file."""
    asks = file_reader.Asks(mapping, source, pipeline.check_day(published))
    with _showing(as_json), audit.change("import", source=file.name) as change:
        with progress_bar("Starting", quiet=as_json) as progress:
            reports, failed = pipeline.take_files(file, asks, say=progress, dry_run=dry_run, accept_loss=accept_loss)
        change.detail = accepted_losses(reports)
    _print(reports, failed, as_json, dry_run)
    if failed:
        raise typer.Exit(1)


@contextmanager
def _showing(as_json: bool) -> Iterator[None]:
    """Show what a refused change would have done before the sentence that refuses it."""
    try:
        yield
    except LossRefused as error:
        if not as_json:
            for report in error.reports:
                if isinstance(report, UpdateReport):
                    _print_report(report, preview=True)
        raise


def _list_sources(as_json: bool) -> None:
    listed = pipeline.sources()
    if as_json:
        print_json(listed)
        return
    table = Table("source", "what", "options (-o key=value)")
    for source in listed:
        options = "\n".join(
            f"{name}={option['default']}: {option['help']}" for name, option in source["options"].items()
        )
        table.add_row(source["name"], source["title"], options)
    screen.print(table)


def _print(reports: Sequence[UpdateReport], failed: dict[str, TradeError], as_json: bool, preview: bool) -> None:
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

"""`trade update SOURCE`: new facts from a network source, with a report."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from trade.cli.console import JsonOption, print_json, progress_bar, read_pairs, screen
from trade.cli.update_report import AcceptOption, DryOption, print_reports, showing_refusals
from trade.ingest import audit_log, pipeline
from trade.ingest.apply import accepted_losses


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
    with showing_refusals(as_json), audit_log.change("update", source=source) as change:
        with progress_bar("Starting", quiet=as_json) as progress:
            options = read_pairs(option)
            report = pipeline.update(source, options, say=progress, dry_run=dry_run, accept_loss=accept_loss)
        change.detail = accepted_losses([report])
    print_reports([report], {}, as_json, dry_run)


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

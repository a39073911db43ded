"""`trade import FILE`: new facts from tables of customs or a table of one's own, with a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trade.cli.console import JsonOption, progress_bar
from trade.cli.update_report import AcceptOption, DryOption, print_reports, showing_refusals
from trade.ingest import audit_log, file_deliveries, pipeline
from trade.ingest.apply import accepted_losses


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
    options = file_deliveries.ImportOptions(mapping, source, pipeline.check_day(published))
    with showing_refusals(as_json), audit_log.change("import", source=file.name) as change:
        with progress_bar("Starting", quiet=as_json) as progress:
            reports, failed = pipeline.import_paths(
                file, options, say=progress, dry_run=dry_run, accept_loss=accept_loss
            )
        change.detail = accepted_losses(reports)
    print_reports(reports, failed, as_json, dry_run)
    if failed:
        raise typer.Exit(1)

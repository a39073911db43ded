"""`trade build`: the store, built from the facts and put in service."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from trade import paths
from trade.cli.console import JsonOption, print_json, progress_bar, screen
from trade.cli.marts import HsOption, MartsOption, WithoutOption, chosen
from trade.ingest import audit_log
from trade.store import BuildReport, build_store
from trade.store.build import MEMORY
from trade.store.loss_guard import OPTION


def build(
    as_json: JsonOption = False,
    memory: Annotated[str | None, typer.Option(help=f"Most memory that the engine may use: {MEMORY}, 4GB.")] = None,
    hs: HsOption = None,
    marts: MartsOption = None,
    without_hs: WithoutOption = False,
    accept_loss: Annotated[
        bool,
        typer.Option("--accept-loss", help="Put it in service although figures would be withdrawn or moved."),
    ] = False,
) -> None:
    """Build the store from the facts under data/ and put it in service; the last --hs folder is reused."""
    choice = chosen(hs, marts, without_hs)
    with audit_log.change("build", source=str(paths.data())) as change:
        with progress_bar("Building", quiet=as_json) as progress:
            report = build_store(progress=progress, memory=memory, choice=choice, accept_loss=accept_loss)
        change.detail = f"{OPTION}: {'; '.join(report.accepted)}" if report.accepted else ""
    if as_json:
        print_json(report.as_dict())
    else:
        _print_report(report)


def _print_report(report: BuildReport) -> None:
    table = Table(
        "table", "rows", title=f"Store {report.version}, built in {report.seconds:.1f} s", title_justify="left"
    )
    for name, rows in report.tables.items():
        table.add_row(name, f"{rows:,}")
    screen.print(table)
    gaps = Table("identity", "rows", "largest gap", "at", title="Residuals that rounding leaves", title_justify="left")
    for residual in report.residuals:
        gaps.add_row(residual.title, f"{residual.rows:,}", f"{residual.gap:,.6g}", residual.place)
    screen.print(gaps)
    for warning in report.warnings:
        screen.print(f"warning: {warning}", markup=False, soft_wrap=True)
    screen.print(report.store, markup=False, soft_wrap=True)

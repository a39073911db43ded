"""`trade export`: a measure's rows as a file with all that explains them, the whole store as a data package."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from trade.cli.console import ParamOption, read_pairs
from trade.errors import BadParameter, TradeError, shorten
from trade.export import datapackage, sdmx_csv
from trade.export import files as written
from trade.export import view_metadata as views
from trade.measures import run
from trade.store import open_store
from trade.text import formats


class Form(StrEnum):
    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    sdmx = "sdmx"


OutArgument = Annotated[Path, typer.Argument(help="File to write; - is standard output.")]
FormOption = Annotated[Form | None, typer.Option("--format", "-f", help="Default: as the file's name ends.")]


app = typer.Typer(help="Write figures to files: a measure's rows, or the whole store.", no_args_is_help=True)


@app.command("datapackage")
def package(folder: Annotated[Path, typer.Argument(help="Folder to make; it must not hold anything.")]) -> None:
    """Write the whole store as a Frictionless data package: datapackage.json and a CSV file per table."""
    _package(folder, "csv")


@app.command("store")
def store(folder: Annotated[Path, typer.Argument(help="Folder to make; it must not hold anything.")]) -> None:
    """Write the whole store as Parquet files with datapackage.json, for DuckDB, Polars, R and Spark."""
    _package(folder, "parquet")


def _package(folder: Path, form: str) -> None:
    made = datapackage.write_folder(open_store(), folder, form)
    size = formats.number(made.size / 1e6, 1)
    typer.echo(f"{folder}: {made.tables} tables, {formats.count(made.rows)} rows, {size} MB")


@app.command()
def measure(
    name: Annotated[str, typer.Argument(help="Id of the measure; `trade measures` lists them.")],
    out: OutArgument,
    param: ParamOption = None,
    form: FormOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")] = False,
) -> None:
    """Write a measure's rows as CSV, XLSX, Parquet or SDMX-CSV; XLSX and Parquet carry definition and terms."""
    _measure(name, out, read_pairs(param), form or _form(out), force)


def _measure(name: str, out: Path, params: dict[str, Any], form: Form, force: bool) -> None:
    opened = open_store()
    shown = views.view(opened, run(opened, name, **params))
    content = _WRITERS[form](shown)
    if str(out) == "-":
        sys.stdout.buffer.write(content)
        return
    if out.exists() and not force:
        raise TradeError("export.file_exists", file=out)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise TradeError("export.file_unwritten", file=out, reason=error.strerror) from None
    typer.echo(f"{out}: {formats.count(len(shown.result.frame))} rows")


_WRITERS = {
    Form.csv: written.as_csv,
    Form.xlsx: written.as_xlsx,
    Form.parquet: written.as_parquet,
    Form.sdmx: sdmx_csv.as_sdmx_csv,
}


def _form(out: Path) -> Form:
    """The form that the file's name ends in: `hhi.sdmx.csv` is SDMX-CSV.

    Raises:
        BadParameter: it ends in none of ours.
    """
    if out.name.lower().endswith(".sdmx.csv"):
        return Form.sdmx
    try:
        return Form(out.suffix.removeprefix(".").lower())
    except ValueError:
        raise BadParameter("export.no_form", file=shorten(out.name), forms=list(map(str, Form))) from None

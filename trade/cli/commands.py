"""All commands of `trade`."""

from __future__ import annotations

from typing import Annotated

import typer

from trade.cli import (
    bench,
    build,
    charts,
    check_claim,
    doctor,
    export,
    handout,
    marts,
    mcp,
    measures,
    official_statements,
    search,
    serve,
    sql,
    update,
)
from trade.cli.console import Commands
from trade.version import __version__

app = typer.Typer(
    cls=Commands,
    help="China's goods trade from sourced figures: build the store, ask measures, open the dashboard.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options before the command's name."""


app.command()(build.build)
app.command()(serve.serve)
app.command()(measures.measures)
app.command()(measures.measure)
app.command()(charts.charts)
app.command()(charts.chart)
app.command()(official_statements.claims)
app.command()(check_claim.check)
app.command()(search.search)
app.command()(mcp.mcp)
app.command()(doctor.doctor)
app.command()(bench.bench)
app.command()(handout.handout)
app.command(context_settings={"ignore_unknown_options": True})(sql.sql)  # a query may begin with a comment, `-- ...`
app.command("update")(update.update)
app.command("import")(update.import_files)
app.command()(marts.marts)
app.add_typer(export.app, name="export")

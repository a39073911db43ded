"""All commands of `trade`. A module is loaded when one of its commands is named: loading all of them takes 0.4 s."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_group

from trade.cli.console import Commands
from trade.version import __version__

COMMANDS = {
    "build": "build.build",
    "serve": "serve.serve",
    "measures": "measures.measures",
    "measure": "measures.measure",
    "charts": "charts.charts",
    "chart": "charts.chart",
    "claims": "claims.claims",
    "check": "check_claim.check",
    "search": "search.search",
    "mcp": "mcp.mcp",
    "doctor": "doctor.doctor",
    "bench": "bench.bench",
    "handout": "handout.handout",
    "sql": "sql.sql",
    "update": "update.update",
    "import": "import_files.import_files",
    "marts": "marts.marts",
    "export": "export.app",
}
"""Every command in the order of the help, with the module of this package and the function in it, or its group."""
SETTINGS = {"sql": {"ignore_unknown_options": True}}
"""Context settings of single commands: an SQL query may begin with a comment, `-- ...`, which is not an option."""


class CommandsOnDemand(Commands):
    """The group of `COMMANDS`, each loaded when it is looked up."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer gives it
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        names = [cmd_name] if cmd_name in COMMANDS else COMMANDS  # all: typer suggests similar names
        for name in names:
            if name not in self.commands:
                self.add_command(_load(name), name)
        return super().get_command(ctx, cmd_name)


def _load(name: str) -> Any:
    module, _, attribute = COMMANDS[name].partition(".")
    command = getattr(import_module(f"trade.cli.{module}"), attribute)
    alone = typer.Typer()
    if isinstance(command, typer.Typer):
        alone.add_typer(command, name=name)
    else:
        alone.command(name, context_settings=SETTINGS.get(name))(command)
    return get_group(alone).commands[name]


app = typer.Typer(
    cls=CommandsOnDemand,
    help="China's goods trade from sourced figures: build the store, compute measures, open the dashboard.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options before the command's name."""

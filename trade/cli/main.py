"""Entry point of the `trade` script. A mistake is one sentence on standard error and exit status 1."""

from __future__ import annotations

import sys

import typer

from trade.cli.console import Commands
from trade.version import __version__


def main() -> None:
    """Run the command named on the command line. `serve` and `--version` load nothing that only other commands need."""
    if sys.argv[1:] == ["--version"]:
        typer.echo(__version__)
    elif sys.argv[1:2] == ["serve"]:
        from trade.cli.serve import serve

        app = typer.Typer(cls=Commands, add_completion=False, pretty_exceptions_enable=False)
        app.callback()(lambda: None)
        app.command()(serve)
        app()
    else:
        from trade.cli.commands import app as all_commands
        from trade.processes import clean_up_when_ended

        clean_up_when_ended()
        all_commands()

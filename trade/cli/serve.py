"""`trade serve`: the dashboard in the browser. Needs nothing of the other commands, so it starts without them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console

from trade import paths, settings
from trade.errors import TradeError

P = ParamSpec("P")
R = TypeVar("R")
errors = Console(stderr=True, highlight=False)


def one_sentence(command: Callable[P, R]) -> Callable[P, R]:
    """Our errors become one sentence on standard error and exit status 1; here and nowhere else in the command line."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except TradeError as error:
            errors.print(str(error), style="red", markup=False, soft_wrap=True)
            raise typer.Exit(1) from None

    return guarded


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 is this machine only.")] = "127.0.0.1",
    headless: Annotated[bool, typer.Option(help="Do not open a browser.")] = False,
) -> None:
    """Open the dashboard in the browser, with its HTTP API under /api. It builds the store first if there is none."""
    settings.check()
    script = str(paths.PROJECT / "app.py")
    options = [f"--server.port={port}", f"--server.address={address}", f"--server.headless={str(headless).lower()}"]
    command = [sys.executable, "-m", "streamlit", "run", script, *options]
    os.chdir(paths.PROJECT)
    if os.name == "posix":  # this process becomes the server: who ends it ends the server, also as a container's first
        os.execv(command[0], command)  # noqa: S606 - our own interpreter and script
    raise typer.Exit(subprocess.call(command))  # noqa: S603 - as above


def main() -> None:
    """Entry point of the `trade` script: the other commands are loaded where one of them is asked for."""
    if sys.argv[1:2] == ["serve"]:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.callback()(lambda: None)
        app.command()(one_sentence(serve))
        app()
    else:
        from trade.cli import main as cli

        cli.main()

"""`trade serve`: the dashboard in the browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from trade import paths


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 is this machine only.")] = "127.0.0.1",
    headless: Annotated[bool, typer.Option(help="Do not open a browser.")] = False,
) -> None:
    """Open the dashboard in the browser, with its HTTP API under /api. It builds the store first if there is none."""
    # What reads the settings takes 0.15 s to load: not where there is nothing to check.
    if any(name.startswith("TRADE_") and name not in paths.VARIABLES for name in os.environ):
        from trade import settings

        settings.check()
    script = str(paths.PROJECT / "app.py")
    options = [f"--server.port={port}", f"--server.address={address}", f"--server.headless={str(headless).lower()}"]
    command = [sys.executable, "-m", "streamlit", "run", script, *options]
    for name in paths.VARIABLES:  # a relative folder is meant from here
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).expanduser().resolve())
    typer.echo(f"http://{'localhost' if address == '127.0.0.1' else address}:{port}")
    os.chdir(paths.PROJECT)
    if os.name == "posix":  # replace this process, so that signals reach the server, also as PID 1 of a container
        os.execv(command[0], command)  # noqa: S606 - our own interpreter and script
    raise typer.Exit(subprocess.call(command))  # noqa: S603 - as above

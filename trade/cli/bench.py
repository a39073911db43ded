"""`trade bench`: how fast the pages are, measured on real servers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from trade import paths
from trade.cli.console import JsonOption
from trade.errors import TradeError
from trade.store import open_store


def bench(
    as_json: JsonOption = False,
    quick: Annotated[bool, typer.Option("--quick", help="About ten minutes: fewer runs, two loads.")] = False,
    page: Annotated[list[str] | None, typer.Option(help="Only this page; may be repeated.")] = None,
    readers: Annotated[int, typer.Option(min=0, help="Instead: load test with so many users clicking every 5 s.")] = 0,
    minutes: Annotated[float, typer.Option(min=0.1, help="With --readers: for how long.")] = 1.0,
    address: Annotated[str, typer.Option(help="With --readers: a server that runs already.")] = "",
    pid: Annotated[int, typer.Option(min=0, help="With --address: the process whose memory is watched.")] = 0,
    beside: Annotated[Path | None, typer.Option(help="Instead: compare page times with another store folder.")] = None,
) -> None:
    """Time the pages beside an empty page and beside plain pages, on real servers; docs/performance.md explains."""
    if not (paths.PROJECT / "benchmarks").is_dir():
        raise TradeError("cli.clone_only")
    # A process of its own: readers speak Streamlit's messages, and nothing of the server may run beside them.
    command = [sys.executable, "-m", "benchmarks", *(["--json"] if as_json else []), *(["--quick"] if quick else [])]
    command += [part for name in page or [] for part in ("--page", name)]
    if readers:
        command += [f"--readers={readers}", f"--minutes={minutes}", f"--address={address}", f"--pid={pid}"]
    if beside:
        open_store(beside)
        command.append(f"--beside={beside.resolve()}")
    open_store()  # says in one sentence that there is none
    os.chdir(paths.PROJECT)
    if os.name == "posix":  # replace this process, so that a signal ends the benchmark and its servers
        os.execv(command[0], command)  # noqa: S606 - our own interpreter and module
    raise typer.Exit(subprocess.call(command))  # noqa: S603 - as above

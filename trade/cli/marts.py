"""`trade marts`: HS facts of any size into marts as Parquet, by DuckDB or Spark; what `trade build` takes of both."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from trade import paths
from trade.errors import BadParameter
from trade.store import bulk
from trade.store.build import check_size
from trade.store.bulk.choice import Choice
from trade.text import formats

Guard = Callable[[Callable[..., None]], Callable[..., None]]
Pairs = Callable[[list[str]], dict[str, str]]
errors = Console(stderr=True, highlight=False)


class Engine(StrEnum):
    duckdb = "duckdb"
    spark = "spark"


HsOption = Annotated[
    Path | None, typer.Option(help="Folder of HS6 facts as Parquet (docs/big-data.md), read in place.")
]
MartsOption = Annotated[Path | None, typer.Option(help="Folder that `trade marts` wrote.")]
WithoutOption = Annotated[bool, typer.Option("--no-hs", help="Without the HS facts of the last build.")]


def chosen(hs: Path | None, marts: Path | None, without: bool) -> Choice | None:
    """What the options of `trade build` name; None: as the last time.

    Raises:
        BadParameter: more than one is given.
    """
    if sum((hs is not None, marts is not None, without)) > 1:
        raise BadParameter("Of --hs, --marts and --no-hs only one can be given.")
    if hs is not None:
        return Choice("facts", str(hs.expanduser().resolve()))
    if marts is not None:
        return Choice("marts", str(marts.expanduser().resolve()))
    return Choice() if without else None


def add_command(app: typer.Typer, guard: Guard, pairs: Pairs) -> None:
    """Register the command; `guard` turns our errors into a sentence, `pairs` reads `key=value`."""

    @app.command("marts")
    @guard
    def marts(
        facts: Annotated[Path, typer.Option(help="Folder of HS6 facts as Parquet (docs/big-data.md).")],
        out: Annotated[Path, typer.Option(help="Folder to write; it appears when all of it is written.")],
        engine: Annotated[Engine, typer.Option(help="duckdb: this machine; spark: a cluster.")] = Engine.duckdb,
        master: Annotated[str, typer.Option(help="Spark master: spark://host:7077, local[2].")] = "",
        remote: Annotated[str, typer.Option(help="Spark Connect: sc://host:15002.")] = "",
        conf: Annotated[list[str] | None, typer.Option(help="Setting of Spark, key=value; may be repeated.")] = None,
        memory: Annotated[str, typer.Option(help="Most memory that DuckDB may use.")] = "4GB",
        force: Annotated[bool, typer.Option("--force", help="Replace the folder if it is there.")] = False,
    ) -> None:
        """Write the marts of HS facts as Parquet; `trade build --marts` publishes them."""
        check_size(memory)
        if engine is Engine.spark and bool(master) == bool(remote):
            raise BadParameter("Spark needs either --master spark://host:7077 or --remote sc://host:15002.")
        started = time.perf_counter()
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=errors, transient=True) as bars:
            task = bars.add_task("Reading the list of files", total=1.0)

            def say(step: str, done: float) -> None:
                bars.update(task, description=step, completed=done)

            held = bulk.open_facts(facts, paths.data())
            if engine is Engine.duckdb:
                told = bulk.make_marts(held, out, say, memory=memory, force=force)
            else:
                told = bulk.make_marts_on_spark(
                    held, out, say, master=master, remote=remote, conf=pairs(conf or []), force=force
                )
        for name, mart in told.marts.items():
            typer.echo(f"{name}: {formats.count(mart['rows'])} rows")
        seconds = formats.number(time.perf_counter() - started, 1)
        typer.echo(f"{out}: marts of {formats.count(told.rows)} rows, by {told.engine} in {seconds} s")

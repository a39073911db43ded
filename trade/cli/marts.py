"""`trade marts`: HS facts of any size into marts as Parquet, by DuckDB or Spark; what `trade build` takes of both."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trade import paths
from trade.cli.console import progress_bar, read_pairs
from trade.errors import BadParameter
from trade.store import bulk
from trade.store.build import check_size
from trade.store.bulk.bulk_input import Choice
from trade.text import formats


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
        raise BadParameter("cli.one_of_hs")
    if hs is not None:
        return Choice("facts", str(hs.expanduser().resolve()))
    if marts is not None:
        return Choice("marts", str(marts.expanduser().resolve()))
    return Choice() if without else None


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
        raise BadParameter("cli.spark_address")
    started = time.perf_counter()
    with progress_bar("Reading the list of files") as progress:
        opened = bulk.open_facts(facts, paths.data())
        if engine is Engine.duckdb:
            made = bulk.make_marts(opened, out, progress, memory=memory, force=force)
        else:
            made = bulk.make_marts_on_spark(
                opened, out, progress, master=master, remote=remote, conf=read_pairs(conf), force=force
            )
    for name, mart in made.marts.items():
        typer.echo(f"{name}: {formats.count(mart['rows'])} rows")
    seconds = formats.number(time.perf_counter() - started, 1)
    typer.echo(f"{out}: marts of {formats.count(made.rows)} rows, by {made.engine} in {seconds} s")

"""The command line `trade`: build, serve, measures, claims, doctor ... A mistake is one sentence and exit status 1."""

from __future__ import annotations

import json
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from trade import paths
from trade.cli.doctor import examine
from trade.cli.export import commands as export_commands
from trade.cli.marts import HsOption, MartsOption, WithoutOption, chosen
from trade.cli.marts import add_command as add_marts_command
from trade.cli.serve import errors, one_sentence, serve
from trade.cli.sql import sql
from trade.cli.update import add_commands as add_update_commands
from trade.errors import BadParameter, shorten
from trade.ingest import audit
from trade.measures import catalog, run
from trade.measures.claims import official
from trade.store import BuildReport, build_store, open_store
from trade.store.build import MEMORY

app = typer.Typer(
    help="China's goods trade from sourced figures: build the store, ask measures, open the dashboard.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
screen = Console(highlight=False, width=None if sys.stdout.isatty() else 240)


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="table for reading; csv or json for programs.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


@app.command()
@one_sentence
def build(
    as_json: JsonOption = False,
    memory: Annotated[str | None, typer.Option(help=f"Most memory that the engine may use: {MEMORY}, 4GB.")] = None,
    hs: HsOption = None,
    marts: MartsOption = None,
    without_hs: WithoutOption = False,
    accept_loss: Annotated[
        bool,
        typer.Option(
            "--accept-loss", help="Put it in service although figures in service would be withdrawn or moved."
        ),
    ] = False,
) -> None:
    """Build the store from the facts under data/ and put it in service; HS facts once named are kept in use."""
    choice = chosen(hs, marts, without_hs)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=as_json) as bars:
        task = bars.add_task("Building", total=1.0)
        with audit.change("build", source=str(paths.data())):
            report = build_store(
                progress=lambda step, done: bars.update(task, description=step, completed=done),
                memory=memory,
                choice=choice,
                accept_loss=accept_loss,
            )
    if as_json:
        typer.echo(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        _print_report(report)


app.command()(one_sentence(serve))


@app.command()
@one_sentence
def measures(form: FormatOption = Format.table) -> None:
    """List the measures: id, title, unit, formula, reference, parameters."""
    declared = [measure.declaration() for measure in catalog().values()]
    if form is Format.json:
        typer.echo(json.dumps(declared, ensure_ascii=False))
        return
    rows = [
        {key: one[key] for key in ("id", "title", "unit", "formula", "reference")}
        | {"parameters": " ".join(one["parameters"])}
        for one in declared
    ]
    _print_frame(pd.DataFrame(rows), form)


@app.command()
@one_sentence
def measure(
    name: Annotated[str, typer.Argument(help="Id of the measure; `trade measures` lists them.")],
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="key=value; may be repeated.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """Run a measure on the store."""
    result = run(open_store(), name, **_pairs(param or []))
    if form is Format.json:
        typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, default=_plain))
    else:
        _print_frame(result.frame, form)


@app.command()
@one_sentence
def claims(
    claim: Annotated[str | None, typer.Option(help="Only this statement: its page, all readings, their SQL.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """Compute every official statement from the store: reproduced, differs, not_reproducible or quoted."""
    if claim is not None:
        _print_claim(official.claim(open_store(), claim), form)
        return
    frame = official.claims(open_store())
    if form is Format.json:
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        typer.echo(json.dumps([row | {"params": official.pairs(row["params"])} for row in rows], ensure_ascii=False))
    else:
        _print_frame(frame[list(official.COLUMNS)], form)


@app.command()
@one_sentence
def doctor(as_json: JsonOption = False) -> None:
    """Say what works here and what does not: versions, store, facts, fonts and map, free space."""
    findings = examine()
    if as_json:
        typer.echo(
            json.dumps(
                {"ok": all(one.ok for one in findings), "checks": [one.as_dict() for one in findings]},
                ensure_ascii=False,
            )
        )
    else:
        for one in findings:
            screen.print(f"{'ok  ' if one.ok else 'FAIL'} {one.name}: {one.detail}", markup=False, soft_wrap=True)
    if not all(one.ok for one in findings):
        raise typer.Exit(1)


@app.command()
@one_sentence
def bench(
    as_json: JsonOption = False,
    quick: Annotated[bool, typer.Option("--quick", help="Under four minutes: fewer runs, two loads.")] = False,
    page: Annotated[list[str] | None, typer.Option(help="Only this page; may be repeated.")] = None,
    readers: Annotated[int, typer.Option(min=0, help="Instead: a load of so many readers thinking 5 s.")] = 0,
    minutes: Annotated[float, typer.Option(min=0.1, help="With --readers: for how long.")] = 1.0,
    address: Annotated[str, typer.Option(help="With --readers: a server that runs already.")] = "",
    pid: Annotated[int, typer.Option(min=0, help="With --address: the process whose memory is watched.")] = 0,
    beside: Annotated[Path | None, typer.Option(help="Instead: pages on that store folder beside ours.")] = None,
) -> None:
    """Time the pages beside an empty page and beside plain pages, on real servers; docs/performance.md explains."""
    # A process of its own: readers speak Streamlit's messages, and nothing of the server may run beside them.
    command = [sys.executable, "-m", "benchmarks", *(["--json"] if as_json else []), *(["--quick"] if quick else [])]
    command += [part for one in page or [] for part in ("--page", one)]
    if readers:
        command += [f"--readers={readers}", f"--minutes={minutes}", f"--address={address}", f"--pid={pid}"]
    if beside:
        open_store(beside)
        command.append(f"--beside={beside.resolve()}")
    status = subprocess.call(command, cwd=paths.PROJECT)  # noqa: S603 - our own interpreter and module
    if status:
        raise typer.Exit(status)


@app.command()
@one_sentence
def handout(
    story: Annotated[str, typer.Argument(help="Name of a story under stories/ (2025), or the path of a story file.")],
    html: Annotated[Path | None, typer.Option(help="Write one HTML page that opens without a network.")] = None,
    pptx: Annotated[Path | None, typer.Option(help="Write slides with charts that can be edited.")] = None,
    lang: Annotated[str, typer.Option(help="en or zh.")] = "en",
) -> None:
    """Write a story with its figures, sources and notes as HTML or PPTX."""
    if not (html or pptx):
        raise BadParameter("Name what to write: --html FILE, --pptx FILE, or both.")
    if lang not in ("en", "zh"):
        raise BadParameter(f"There is no language {shorten(lang)}: use en or zh.")
    written = {"--html": html, "--pptx": pptx}
    files = [part for name, path in written.items() if path for part in (name, str(path.resolve()))]
    source = str(Path(story).resolve()) if Path(story).exists() else story
    # A process of its own: the charts are the pages' own, and pages run in Streamlit.
    command = [sys.executable, "-m", "trade.ui.core.handout", source, "--lang", lang, *files]
    status = subprocess.call(command, cwd=paths.PROJECT)  # noqa: S603 - our own interpreter and module
    if status:
        raise typer.Exit(status)
    screen.print("\n".join(files[1::2]), markup=False, soft_wrap=True)


# a query may begin with a comment, `-- ...`: not an option
app.command(context_settings={"ignore_unknown_options": True})(one_sentence(sql))
add_update_commands(app, one_sentence, lambda texts: _pairs(texts))
add_marts_command(app, one_sentence, lambda texts: _pairs(texts))


def _print_claim(claim: official.Claim, form: Format) -> None:
    told = claim.as_dict()
    if form is Format.json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    readings = pd.DataFrame(told.pop("readings"))
    if form is Format.table:
        for name, value in told.items():
            screen.print(f"{name}: {value}", markup=False, soft_wrap=True)
    _print_frame(readings.drop(columns=["sql", "params", "pick_row"] if form is Format.table else []), form)
    if form is Format.table:
        for one in claim.answers:
            screen.print(f"-- reading {one.reading.reading}\n{one.as_dict()['sql']}", markup=False, soft_wrap=True)


def _pairs(texts: list[str]) -> dict[str, str]:
    """`["flow=import"]` as `{"flow": "import"}`."""
    pairs: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or not key:
            raise BadParameter(f"A parameter is written key=value, not {shorten(text)}.")
        if key in pairs:
            raise BadParameter(f"The parameter {key} is given twice.")
        pairs[key] = value
    return pairs


def _plain(value: Any) -> Any:
    """What json does not know: dates as ISO text, numpy numbers as numbers."""
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value.item()


def _print_report(report: BuildReport) -> None:
    table = Table(
        "table", "rows", title=f"Store {report.version}, built in {report.seconds:.1f} s", title_justify="left"
    )
    for name, rows in report.tables.items():
        table.add_row(name, f"{rows:,}")
    screen.print(table)
    gaps = Table("identity", "rows", "largest gap", "at", title="Residuals that rounding leaves", title_justify="left")
    for one in report.residuals:
        gaps.add_row(one.title, f"{one.rows:,}", f"{one.gap:,.6g}", one.place)
    screen.print(gaps)
    for warning in report.warnings:
        screen.print(f"warning: {warning}", markup=False, soft_wrap=True)
    screen.print(report.store, markup=False, soft_wrap=True)


def _print_frame(frame: pd.DataFrame, form: Format) -> None:
    if form is Format.csv:
        typer.echo(frame.to_csv(index=False, date_format="%Y-%m-%d"), nl=False)
        return
    table = Table(*frame.columns)
    for row in frame.itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    screen.print(table)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return "" if value is None or value is pd.NaT else str(value)


app.add_typer(export_commands(one_sentence, _pairs), name="export")


def main() -> None:
    """Entry point of the `trade` script."""
    app()

"""`trade sql`: one read-only statement on the store, run in trade/store/sandbox."""

from __future__ import annotations

import csv
import io
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.cells import cell_len, set_cell_size

from trade.store.sandbox import MOST_SECONDS, LimitReached, SqlResult, run_sql
from trade.store.sandbox.statement_guard import LONGEST

CELL = 60
"""Widest cell of a printed table, in columns of the terminal."""
TABLE_ROWS = 200
MOST_IN_ALL = 25.0
"""Most seconds from reading the query until all rows are formatted; the start of the program is not included."""
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Form(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


QueryArgument = Annotated[
    str, typer.Argument(help='One statement that reads, such as "FROM total_trade"; - takes it from standard input.')
]
FormOption = Annotated[Form, typer.Option("--format", "-f", help="table for reading; csv or json for programs.")]
RowsOption = Annotated[int | None, typer.Option(help="Most rows; default 10,000, as a table 200.")]
SecondsOption = Annotated[float, typer.Option(help=f"Most seconds, up to {MOST_SECONDS:g}.")]


def sql(
    query: QueryArgument, form: FormOption = Form.table, rows: RowsOption = None, seconds: SecondsOption = 10
) -> None:
    """Run an SQL query on the store: read-only, one statement, with limits of time, memory and rows."""
    text = sys.stdin.read(LONGEST + 1) if query == "-" else query
    most = rows if rows is not None else TABLE_ROWS if form is Form.table else 10_000
    with _deadline(MOST_IN_ALL):
        result = run_sql(text, rows=most, seconds=seconds)
        lines = list(_PRINTERS[form](result))
    for line in lines:  # outside the deadline: a pager may take any time
        sys.stdout.write(line + "\n")
    for note in result.notes:
        typer.echo(note, err=True)


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Limit the time of the block, including the formatting of many rows on a busy machine.

    Raises:
        LimitReached: it took longer.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def over(*_: object) -> None:
        raise LimitReached("sql.command_too_slow", seconds=seconds)

    former = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _as_json(result: SqlResult) -> Iterator[str]:
    """One JSON object, a row a line."""
    head, tail = json.dumps({"version": result.version, "columns": result.columns}, ensure_ascii=False)[:-1], ""
    yield head + ', "rows": ['
    for row in result.rows():
        yield tail + _encode(dict(zip(result.columns, row, strict=True)))
        tail = ","
    yield f'], "truncated": {json.dumps(result.truncated)}, "seconds": {result.seconds}}}'


def _as_csv(result: SqlResult) -> Iterator[str]:
    """RFC 4180 with LF; a missing value is an empty cell."""
    yield _csv_line(result.columns)
    for row in result.rows():
        yield _csv_line([_text(value) for value in row])


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _as_table(result: SqlResult) -> Iterator[str]:
    """Aligned columns, without control characters in cells. A query plan is printed unchanged."""
    rows = [[_cell(value) for value in row] for row in result.rows()]
    if result.columns == ["explain_key", "explain_value"]:
        yield from (line for value in result.frame["explain_value"] for line in str(value).splitlines())
        return
    heads = [_cell(name) for name in result.columns]
    right = [_is_number(kind) for kind in result.types]
    widths = [max(map(_width, column)) for column in zip(heads, *rows, strict=True)]
    for line in [heads, ["─" * width for width in widths], *rows]:
        yield "  ".join(_pad(*cell) for cell in zip(line, widths, right, strict=True)).rstrip()


def _pad(cell: str, width: int, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(text: str) -> int:
    """Columns of the terminal."""
    return len(text) if text.isascii() else cell_len(text)


def _is_number(kind: str) -> bool:
    return kind.startswith(("DECIMAL", "DOUBLE", "FLOAT")) or kind.endswith("INT") or kind == "INTEGER"


def _cell(value: Any) -> str:
    """The text of a cell: digits grouped, on one line, printable characters only, not too wide."""
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    text = _text(value)[: 4 * CELL]
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else "·" for letter in text)
    return text if _width(text) <= CELL else set_cell_size(text, CELL - 1) + "…"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return _encode(value)
    return str(value)


_PRINTERS = {Form.table: _as_table, Form.csv: _as_csv, Form.json: _as_json}

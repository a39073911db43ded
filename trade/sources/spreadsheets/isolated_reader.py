"""Read a file in a separate process with limits, which returns text of limited size or an error message."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from trade.errors import Message, TradeError

MOST_BYTES = 256 << 20
"""Largest size of a file that is opened."""
MEMORY = 3 << 29
"""Address space of the worker, bytes."""
SECONDS = 60.0
_START = 20.0
_WORKER = Path(__file__).with_name("worker.py")
_ENVIRONMENT = ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "PATH")


class FileRefused(TradeError):
    """A file is refused: it cannot be read, is not understood, or does not add up."""


@dataclass(frozen=True)
class TextForm:
    """How a text file was decoded. All fields are empty for a workbook.

    Args:
        encoding: its encoding. guessed: whether the encoding is not declared in the file. others: possible encodings.
        delimiter: the sign between its cells.
    """

    encoding: str = ""
    guessed: bool = False
    others: Sequence[str] = ()
    delimiter: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet, a table of a page, or a whole CSV file: rows of texts, "" for an empty cell. Rows count from 1."""

    name: str
    rows: list[list[str]]
    typed: Sequence[int] = ()
    """Columns (from 0) that the file stores as numbers, so that no number format needs to be inferred."""
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    """Rows (from 0) that are hidden but not empty, such as filtered rows or those of a collapsed group."""
    hidden_columns: Sequence[int] = ()
    text: TextForm = field(default_factory=lambda: TextForm())

    def cell(self, row: int, column: int) -> str:
        """The text at (row, column), both from 0; "" outside."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


def read_sheets(path: Path, encoding: str = "", known: Callable[[Sequence[Sheet]], int] | None = None) -> list[Sheet]:
    """The sheets of a workbook (.xlsx, .xls), page (HTML), table (CSV) or Parquet file.

    Args:
        encoding: of a text file; empty: declared in the file, or guessed from its bytes.
        known: counts the cells that are known, such as names. If the encoding must be guessed, the one with the most
            known cells is used.

    Raises:
        FileRefused: it is not such a file, too large, damaged, protected, or took too much memory or time.
    """
    raw = _bytes(path)
    sheets = _read(path, raw, encoding)
    form = sheets[0].text if sheets else TextForm()
    if known is None or not form.guessed:
        return sheets
    best, most = sheets, known(sheets)
    for other in form.others:
        try:
            tried = _read(path, raw, other)
        except FileRefused:
            continue
        if (count := known(tried)) > most:
            best, most = [replace(sheet, text=replace(form, encoding=other)) for sheet in tried], count
    return best


def _read(path: Path, raw: bytes, encoding: str) -> list[Sheet]:
    request = {"encoding": encoding, "memory": MEMORY + 4 * len(raw), "seconds": SECONDS}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script; the file goes in by standard input
            [sys.executable, "-s", "-B", str(_WORKER), str(os.getpid())],
            input=json.dumps(request).encode() + b"\n" + raw,
            capture_output=True,
            timeout=_START + SECONDS,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("file.too_slow", file=path.name, seconds=SECONDS) from None
    except OSError as error:
        raise FileRefused("file.no_process", file=path.name, reason=error.strerror) from None
    return _sheets(path.name, done.returncode, done.stdout)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise FileRefused("file.too_large", file=path.name, size=size >> 20, most=MOST_BYTES >> 20)
        return path.read_bytes()
    except FileNotFoundError:
        raise FileRefused("file.missing", file=path) from None
    except OSError as error:
        raise FileRefused("file.unread", file=path, reason=error.strerror) from None


def _sheets(name: str, status: int, output: bytes) -> list[Sheet]:
    if status or not output:
        raise FileRefused("file.limits", file=name)
    *lines, last = output.splitlines()
    result = json.loads(last)["end"]
    if "limit" in result:
        raise FileRefused("file.memory", file=name)
    if "refused" in result:
        raise FileRefused("file.reason", file=name, reason=Message(result["refused"], **result["values"]))
    text = TextForm(**result.get("text", {}))
    return [Sheet(**json.loads(line), text=text) for line in lines]

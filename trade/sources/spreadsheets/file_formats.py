"""The readers, one per format: bytes to sheets of text. Runs in the worker process only, which has limits.

A sheet is a list of rows, a row a list of texts; "" is an empty cell. Numbers are written with all their digits, a cell
shown as a percentage with its sign, a formula without a stored value as the formula itself, so that nobody takes it for
an empty cell.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

Rows = list[list[str]]
Sheets = list[tuple[str, Rows]]

MOST_ROWS = 1_000_000
MOST_COLUMNS = 300
MOST_CELLS = 12_000_000
MOST_SHEETS = 60
MOST_EMPTY = 5_000
"""Empty rows in a row."""
MOST_TEXT = 2_000
"""Characters of a cell."""
MOST_UNPACKED = 400 << 20
"""Bytes that a workbook may unpack to."""
MOST_MEMBERS = 3_000
PAGE = "#page"
"""Name of the sheet that holds the text around the tables of a page: its title, its date."""

_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")


class Unreadable(Exception):
    """The file cannot be read. `str(error)` ends the sentence "FILE: ..."."""


class Budget:
    """Counts cells as they are read, over all sheets."""

    def __init__(self) -> None:
        self.cells = 0

    def take(self, rows: Iterable[Iterable[Any]]) -> Rows:
        """The rows without empty ones at the end."""
        taken: Rows = []
        gap = 0
        for values in rows:
            row = [clean(value) for value in values]
            while row and not row[-1]:
                row.pop()
            gap = 0 if row else gap + 1
            if gap > MOST_EMPTY:
                raise Unreadable(f"more than {MOST_EMPTY:,} empty rows stand between or below its rows: delete them")
            if len(row) > MOST_COLUMNS:
                raise Unreadable(f"it has more than {MOST_COLUMNS} columns")
            self.cells += len(row) + 1
            if len(taken) >= MOST_ROWS or self.cells > MOST_CELLS:
                raise Unreadable(f"it has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells: split it")
            taken.append(row)
        while taken and not taken[-1]:
            taken.pop()
        return taken


def clean(value: Any) -> str:
    """One line of printable text without outer blanks."""
    text = value if isinstance(value, str) else number(value)
    text = _SPACES.sub(" ", text[: MOST_TEXT + 1]).strip()
    if len(text) > MOST_TEXT:
        raise Unreadable(f"it has a cell of more than {MOST_TEXT:,} characters")
    return text if text.isprintable() else "".join(one for one in text if one.isprintable())


def number(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else repr(value) if isinstance(value, float) else str(value)


def read(raw: bytes, encoding: str) -> Sheets:
    """The sheets of a file, by what its first bytes say, whatever its name ends in."""
    if not raw.strip(b"\0 \r\n\t"):
        raise Unreadable("the file is empty")
    if raw.startswith(b"PK\x03\x04"):
        return read_xlsx(raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return read_xls(raw)
    if raw.startswith(b"PAR1"):
        return read_parquet(raw)
    text = decode(raw, encoding)
    if re.match(
        r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|meta|body|table|div|style)\b",
        text[:4000],
        re.I | re.S,
    ):
        return read_html(text)
    if "<Workbook" in text[:2000] or text.startswith("MIME-Version"):
        raise Unreadable("it is a web archive or an XML workbook: open it and save it as .xlsx")
    return read_csv(text)


def decode(raw: bytes, encoding: str) -> str:
    """Text by the encoding it is said to have, its byte-order mark, UTF-8 or GB 18030: the first that fits."""
    if encoding:
        return _decoded(raw, encoding)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(raw, "utf-16")
    if raw.startswith(b"\xef\xbb\xbf"):
        return _decoded(raw, "utf-8-sig")
    if raw[:400].count(0) > len(raw[:400]) // 4:
        return _decoded(raw, "utf-16-le" if raw[1:400:2].count(0) > raw[0:400:2].count(0) else "utf-16-be")
    for name in ("utf-8", "gb18030"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    raise Unreadable("its text is neither UTF-8, UTF-16 nor GB 18030: save it as UTF-8 or name its encoding")


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(f"it is not text in {encoding[:40]}: save it as UTF-8") from None


def read_csv(text: str) -> Sheets:
    if "\0" in text:
        raise Unreadable("it is neither a workbook nor a table of text")
    csv.field_size_limit(10 * MOST_TEXT)
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:40]
    mark = max(",;\t|", key=lambda one: (sum(one in line for line in lines), sum(line.count(one) for line in lines)))
    try:
        return [("", Budget().take(csv.reader(io.StringIO(text, newline=""), delimiter=mark)))]
    except csv.Error as error:
        raise Unreadable(f"it is not a CSV table ({error})") from None


def read_xlsx(raw: bytes) -> Sheets:
    """Stored values, never formulas run; openpyxl reads row by row and opens nothing that the workbook links to."""
    _check_zip(raw)
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    budget, sheets = Budget(), []
    for sheet in _few(book.worksheets):
        sheet.reset_dimensions()
        sheets.append((sheet.title, budget.take(_shown(row) for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1))))
    if re.search(rb"<f[ >]", _sheet_parts(raw)):
        _mark_formulas(raw, sheets)
    return sheets


def _shown(row: Iterable[Any]) -> Iterator[Any]:
    for cell in row:
        value = cell.value
        if isinstance(value, float | int) and not isinstance(value, bool) and "%" in str(cell.number_format or ""):
            yield f"{100 * value:.12g}%"
        else:
            yield value


def _mark_formulas(raw: bytes, sheets: Sheets) -> None:
    """A formula whose value was never stored would look like an empty cell: its text takes its place."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    for sheet, (_, rows) in zip(book.worksheets, sheets, strict=False):
        sheet.reset_dimensions()
        for at, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=len(rows) + 1, values_only=True)):
            for column, value in enumerate(values):
                told = value if isinstance(value, str) else getattr(value, "text", None)
                if isinstance(told, str) and told.startswith("=") and at < len(rows):
                    row = rows[at] + [""] * (column + 1 - len(rows[at]))
                    row[column] = row[column] or clean(told)
                    rows[at] = row


def _check_zip(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise Unreadable("it is a damaged or cut workbook") from None
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Unreadable(f"it unpacks to more than {MOST_UNPACKED >> 20} MB: it is no workbook of tables")
    if "xl/workbook.xml" not in {one.filename for one in members}:
        raise Unreadable("it is an archive, not a workbook: unpack it, or save it as .xlsx")
    if any(one.flag_bits & 1 for one in members):
        raise Unreadable("it is protected by a password: save it without one")


def _sheet_parts(raw: bytes) -> bytes:
    """The XML of the sheets, up to what a workbook may unpack to; the archive's own sizes are claims."""
    parts, room = [], MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for member in archive.infolist():
            if member.filename.startswith("xl/worksheets/"):
                with archive.open(member) as file:
                    part = file.read(room + 1)
                room -= len(part)
                if room < 0:
                    raise Unreadable(f"it unpacks to more than {MOST_UNPACKED >> 20} MB: it is no workbook of tables")
                parts.append(part)
    return b"".join(parts)


def _few(sheets: list[Any]) -> list[Any]:
    if len(sheets) > MOST_SHEETS:
        raise Unreadable(f"it has more than {MOST_SHEETS} sheets")
    return sheets


def read_xls(raw: bytes) -> Sheets:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        reason = "it is protected by a password: save it without one" if "ncrypt" in str(error) else str(error)
        raise Unreadable(f"it is no readable .xls workbook ({reason[:200]})") from None
    budget = Budget()
    return [(sheet.name, budget.take(_xls_rows(book, sheet, xlrd))) for sheet in _few(book.sheets())]


def _xls_rows(book: Any, sheet: Any, xlrd: Any) -> Iterator[list[Any]]:
    for row in range(sheet.nrows):
        yield [_xls_cell(book, sheet, row, column, xlrd) for column in range(min(sheet.row_len(row), MOST_COLUMNS + 1))]


def _xls_cell(book: Any, sheet: Any, row: int, column: int, xlrd: Any) -> Any:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(value, book.datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#ERROR")
    if kind == xlrd.XL_CELL_NUMBER:
        style = book.format_map.get(book.xf_list[sheet.cell_xf_index(row, column)].format_key)
        return f"{100 * value:.12g}%" if style is not None and "%" in style.format_str else value
    return value


def read_html(text: str) -> Sheets:
    """Each table with its merged cells spread out, and one sheet of the words around them."""
    from lxml import etree, html

    if not text.strip() or "<" not in text:
        raise Unreadable("it is an empty page")
    try:
        page = html.fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=html.HTMLParser(huge_tree=False, no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"it is no readable page ({str(error)[:100]})") from None
    budget = Budget()
    tables = [table for table in page.iter("table") if not any(True for _ in table.iterancestors("table"))]
    sheets: Sheets = [(f"table {at}", budget.take(_html_rows(table))) for at, table in enumerate(_few(tables), 1)]
    words = [part for part in page.itertext() if part.strip() and len(part) < 300][:400]
    return [*sheets, (PAGE, budget.take([one] for one in words))]


def _html_rows(table: Any) -> Iterator[list[str]]:
    """Rows of text; a cell that spans several stands in each."""
    hanging: dict[int, tuple[int, str]] = {}
    for line in table.iter("tr"):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            _hang(row, hanging)
            text = " ".join(cell.itertext())
            wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(wide):
                if deep > 1:
                    hanging[len(row)] = (deep - 1, text)
                row.append(text)
        _hang(row, hanging)
        yield row


def _hang(row: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Add the cells of earlier rows that reach into this one."""
    while len(row) in hanging:
        left, text = hanging.pop(len(row))
        if left > 1:
            hanging[len(row)] = (left - 1, text)
        row.append(text)


def _span(cell: Any, name: str) -> int:
    told = str(cell.get(name) or "1").strip()
    return min(max(int(told), 1), MOST_COLUMNS) if told.isdigit() and len(told) < 6 else 1


def read_parquet(raw: bytes) -> Sheets:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(raw))
        told = file.metadata
        if (
            told.num_rows > MOST_ROWS
            or told.num_columns > MOST_COLUMNS
            or told.num_rows * told.num_columns > MOST_CELLS
        ):
            raise Unreadable(
                f"it has more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or {MOST_CELLS:,} cells: split it"
            )
        columns = file.read().to_pydict()
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(f"it is no readable Parquet file ({str(error).splitlines()[0][:120]})") from None
    return [("", Budget().take([list(columns), *zip(*columns.values(), strict=True)]))]

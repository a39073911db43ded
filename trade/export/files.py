"""The rows of a view as a file: CSV, XLSX, Parquet. All columns, codes as they are, full units, missing cells empty."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from trade.errors import TradeError
from trade.export.view_metadata import View, facts, metadata, self_described, source_facts
from trade.store.table_contracts import column_comments
from trade.text import formats
from trade.text.catalog import SOURCE, column_key, of_column

SHEET_ROWS = 1_048_575
"""Most rows of a sheet, without its header."""
WIDEST, TEXT_WIDTH = 48, 110
"""Largest width of a data column and width of a column of text, in characters."""
LINE = 15
"""Height of a line, in points."""
LARGE = 1e5
"""Columns with a value of at least this are shown without decimals."""
SIGNED = "utf-8-sig"
"""UTF-8 with a byte order mark, by which Excel recognises it."""
NAMESPACE = "trade"
"""Prefix of this project's keys in a Parquet file: `trade.title`, `trade.sources` ..."""
CHECKED = 200
"""Number of rows that decide a column's width."""


def as_csv(shown: View, signature: bool | None = None) -> bytes:
    """RFC 4180 with LF, UTF-8. CSV has no metadata, so period, unit, basis ... are added as columns.

    Args:
        signature: begin with a byte order mark, by which Excel recognises UTF-8; by default if the user's language
            needs it.
    """
    frame = self_described(shown.result, shown.basis)
    encoding = formats.csv_encoding(shown.lang) if signature is None else SIGNED if signature else "utf-8"
    text = str(frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))
    return text.encode(encoding)


def as_parquet(shown: View) -> bytes:
    """The rows, with their description in the schema metadata."""
    buffer = io.BytesIO()
    pa.parquet.write_table(_table(shown), buffer, compression="zstd")
    return buffer.getvalue()


def as_arrow(shown: View) -> bytes:
    """The same as a stream of Arrow's IPC format."""
    table, buffer = _table(shown), io.BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as stream:
        stream.write_table(table)
    return buffer.getvalue()


def _table(shown: View) -> pa.Table:
    table = pa.Table.from_pandas(shown.result.frame, preserve_index=False)
    described = {f"{NAMESPACE}.{name}": text for name, text in metadata(shown).items()}
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **described})


def as_xlsx(shown: View) -> bytes:
    """Three sheets: the rows, their description with all sources, and the meaning of each column.

    Raises:
        TradeError: more rows than a sheet holds.
    """
    frame = shown.result.frame
    if len(frame) > SHEET_ROWS:
        raise TradeError("export.too_many_rows", count=len(frame), most=SHEET_ROWS)
    buffer = io.BytesIO()
    # xlsxwriter would otherwise turn texts that look like formulas or addresses into formulas and links
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": shown.title, "subject": shown.about, "comments": shown.link})
    _Sheets(book, shown.lang).write(shown)
    book.close()
    return buffer.getvalue()


class _Sheets:
    """Writes the sheets of one book; formats belong to the book."""

    def __init__(self, book: xlsxwriter.Workbook, lang: str) -> None:
        self._book, self._lang = book, lang
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._name = book.add_format({"bold": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._amount = book.add_format({"num_format": "#,##0"})
        self._rate = book.add_format({"num_format": "0.0##"})

    def write(self, shown: View) -> None:
        """Write the rows first: a program that reads only one sheet reads the first."""
        frame = self_described(shown.result, shown.basis)
        words = {str(name): self._heading(str(name), shown) for name in frame.columns}
        self._rows(frame, self._headings(words))
        self._about(shown)
        self._columns(words)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(formats.say(f"view.{name}", self._lang))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _headings(self, words: dict[str, str]) -> dict[str, str]:
        """The column headers: in English the columns' names, else their headings, with the name if two are equal."""
        if self._lang == SOURCE:
            return {name: name for name in words}
        texts = list(words.values())
        return {name: text if texts.count(text) == 1 else f"{text}（{name}）" if text else name
                for name, text in words.items()}  # fmt: skip

    def _heading(self, name: str, shown: View) -> str:
        """A column's heading in words, the measure's own if it has one; empty if there is none."""
        keys = (column_key(f"{shown.result.measure.id}_{name}"), column_key(name))
        key = next((candidate for candidate in keys if formats.has(candidate)), "")
        currency = shown.currency
        unit = (
            formats.currency_name(currency, self._lang)
            if currency
            else formats.say("explore.currency_unit", self._lang)
        )
        return formats.say(key, self._lang, unit=unit) if key else ""

    def _rows(self, frame: pd.DataFrame, headings: dict[str, str]) -> None:
        sheet = self._sheet("sheet_data")
        for col, name in enumerate(frame.columns):
            heading = headings[str(name)]
            sheet.write_string(0, col, heading, self._head)
            values = frame[name]
            sheet.set_column(col, col, _width(heading, values), self._number_format(values))
            for row, value in enumerate(values.tolist(), start=1):
                self._cell(sheet, row, col, value)
        sheet.freeze_panes(1, 0)
        if len(frame.columns):
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)

    def _number_format(self, values: pd.Series) -> Format | None:
        """The display format of a column of numbers; the cells hold full precision."""
        if not pd.api.types.is_float_dtype(values):
            return None
        return self._amount if values.abs().max() >= LARGE else self._rate

    def _cell(self, sheet: Worksheet, row: int, col: int, value: Any) -> None:
        """Write a value; missing values are empty cells, and values that Excel has no type for are texts."""
        if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)) or value is pd.NA:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, col, value)
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, col, value)
        elif isinstance(value, pd.Timestamp):
            sheet.write_datetime(row, col, value.to_pydatetime().replace(tzinfo=None), self._day)
        else:
            sheet.write_string(row, col, str(value))

    def _about(self, shown: View) -> None:
        sheet = self._sheet("sheet_about")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, TEXT_WIDTH)
        lines = [*facts(shown), *(fact for note in shown.sources for fact in [("", ""), *source_facts(note)])]
        for row, (name, text) in enumerate(lines):
            if name:
                sheet.write_string(row, 0, formats.say(f"view.{name}", self._lang), self._name)
                sheet.write_string(row, 1, text, self._wrap)
                sheet.set_row(row, LINE * _lines(text))

    def _columns(self, words: dict[str, str]) -> None:
        sheet = self._sheet("sheet_columns")
        for col, (name, width) in enumerate((("column", 26), ("heading", 40), ("meaning", TEXT_WIDTH))):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, formats.say(f"view.{name}", self._lang), self._head)
        for row, (column, heading) in enumerate(words.items(), start=1):
            meaning = of_column(column_comments().get(column, ""), self._lang)
            for col, text in enumerate((column, heading, meaning)):
                sheet.write_string(row, col, text, self._wrap)
        sheet.freeze_panes(1, 0)


def _lines(text: str) -> int:
    """Number of lines of a text in the wide column; Chinese is twice as wide. Not every program fits row heights."""
    return math.ceil(sum(1 if ord(letter) < 0x2E80 else 2 for letter in text) / (TEXT_WIDTH - 6)) or 1


def _width(name: str, values: pd.Series) -> int:
    longest = max((len(str(value)) for value in values.head(CHECKED).tolist()), default=0)
    return min(WIDEST, max(len(name), longest) + 3)


FORMS: dict[str, Callable[[View], bytes]] = {"csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet}
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def file_name(shown: View, form: str) -> str:
    """Name of a file, with measure and parameters so that two downloads do not overwrite each other."""
    values = (value.replace("/", "-").replace(" ", "-") for value in shown.parameters.values() if value != "false")
    return f"{'-'.join([shown.result.measure.id, *values])[:120]}.{form}"

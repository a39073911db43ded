"""Read the rows of a customs table: label and figures, without notes. Errors name row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trade.errors import shorten
from trade.sources import number_format
from trade.sources.customs.column_headers import GROWTH, QUANTITY, QUANTITY_GROWTH, VALUE, Column
from trade.sources.customs.table_heading import first_filled
from trade.sources.growth_form import not_in_percent
from trade.sources.number_parser import NotANumber, half_width, is_absent, parse
from trade.sources.spreadsheets import FileRefused, Sheet

_NOTE = re.compile(
    r"^(?:注|note|说明|备注|资料来源|source|数据来源|\*|※|①|[（(]?\d+[)）.、]|本表|自\s*20)", re.IGNORECASE
)
_HEADING = re.compile(
    r"商品名称|计量单位|(?:进口|出口)?.{0,4}(?:原产|目的)国.{0,6}|贸易方式|commodity|.{0,10}destination.{0,12}"
    r"|import source|trade mode|(?:计价)?单位.*|unit\s*[::].*",
    re.IGNORECASE,
)


_FIRST_WITHIN, _NAMES_WITHIN = 40, 4
"""Rows and columns that are searched for the first name."""


@dataclass(frozen=True)
class Line:
    """A row with its figures by column, None if missing. `row` counts from 1."""

    row: int
    label: str
    unit: str
    figures: dict[Column, float | None]
    halves: dict[Column, float]
    """Half a unit of the last digit printed, per figure."""
    texts: dict[Column, str] = field(default_factory=dict)
    """The cells as printed."""


def first_line(where: str, sheet: Sheet, begins: Callable[[int, str], bool]) -> tuple[int, int]:
    """Row and column (from 0) of the first name. A table need not start in the first cell of its sheet.

    Raises:
        FileRefused: there is none.
    """
    top = first_filled(sheet)
    for row, cells in enumerate(sheet.rows[top : top + _FIRST_WITHIN], top):
        for at, cell in enumerate(cells[:_NAMES_WITHIN]):
            if cell and begins(row, cell):
                return row, at
    raise FileRefused("customs.no_rows", file=where)


def read_lines(
    where: str,
    sheet: Sheet,
    header: range,
    columns: list[Column],
    is_name: Callable[[str], bool],
    unit_at: int | None = None,
    label_at: int = 0,
) -> Iterator[Line]:
    """The lines below the header, without notes and repeated headers.

    A name may be to the right of `label_at`, as members of a group are where they are indented by a column.

    Args:
        is_name: whether a label is a name of the table's kind. Below the last figures, other rows of text are notes:
            `制表：统计司`, `审核：`.

    Raises:
        FileRefused: a cell for a figure contains something else, figures have no name, or a growth contradicts the
            figures of its row.
    """
    figures_at = min((column.at for column in columns), default=label_at + 1)
    names_at = [at for at in range(label_at, max(figures_at, label_at + 1)) if at != unit_at]
    headings = [sheet.rows[at] for at in header]
    rows_below = range(header.stop, len(sheet.rows))
    last = max((at for at in rows_below if any(is_figure(sheet.cell(at, column.at)) for column in columns)), default=-1)
    for at in rows_below:
        label = next((text for place in names_at if (text := sheet.cell(at, place))), "")
        texts = {column: sheet.cell(at, column.at) for column in columns}
        if not any(sheet.rows[at]) or sheet.rows[at] in headings or (at > last and not is_name(label)):
            continue
        if _is_note(label, [text for text in texts.values() if text]):
            continue
        if not label:
            if all(map(is_absent, texts.values())):
                continue
            raise FileRefused("customs.no_name", file=where, row=at + 1)
        figures = {column: _figure(where, at, column, text) for column, text in texts.items()}
        halves = {column: half_width(text) for column, text in texts.items()}
        line = Line(at + 1, label, sheet.cell(at, unit_at) if unit_at is not None else "", figures, halves, texts)
        check_growth(where, line)
        yield line


def check_columns(where: str, lines: Sequence[Line]) -> None:
    """Check columns against their headers: growth is in percent, and January to a month is no less than the month.

    Raises:
        FileRefused: a column contradicts its header.
    """
    for line in lines:
        _check_months(where, line)
    for column in lines[0].texts if lines else ():
        if column.figure in (GROWTH, QUANTITY_GROWTH):
            check_percent(where, column.at, [line.texts[column] for line in lines])


def check_percent(where: str, at: int, cells: Iterable[str]) -> None:
    """Check that the growth column `at` (from 0) is in percent, with signs whose meaning is clear.

    Raises:
        FileRefused: it is not.
    """
    printed = list(cells)
    try:
        number_format.check_triangles(printed)
    except number_format.Undeclared as unclear:
        raise FileRefused("customs.growth_form", file=where, column=at + 1, reason=unclear) from None
    if reason := not_in_percent(printed):
        raise FileRefused("customs.growth_form", file=where, column=at + 1, reason=reason)


class Cell(NamedTuple):
    """A printed figure. `half`: half a unit of its last digit. `column` counts from 1."""

    value: float
    half: float
    text: str
    column: int


def check_month(where: str, row: int, label: str, month: Cell, through: Cell) -> None:
    """Check that January to a month is no less than the month, apart from rounding. `row` counts from 1.

    Raises:
        FileRefused: it is less.
    """
    if month.value > through.value + 1.01 * (month.half + through.half):
        raise FileRefused(
            "customs.month_over_year", file=where, row=row, label=label[:40], column=month.column,
            given=month.text, through=through.column, sum=through.text,
        )  # fmt: skip


def _check_months(where: str, line: Line) -> None:
    cells = {
        (column.flow, column.span, column.figure): Cell(value, line.halves[column], line.texts[column], column.at + 1)
        for column, value in line.figures.items()
        if value is not None and column.figure in (VALUE, QUANTITY)
    }
    for (flow, span, figure), cell in cells.items():
        if span == "M" and (through := cells.get((flow, "YTD", figure))):
            check_month(where, line.row, line.label, cell, through)


def check_growth(where: str, line: Line) -> None:
    """Check printed growth against the printed value or quantity and the one a year earlier.

    Raises:
        FileRefused: they differ by more than rounding: a column does not match its header, or a cell is wrong.
    """
    at = {(column.flow, column.span, column.figure): column for column in line.figures}
    for (flow, span, figure), column in at.items():
        growth, before = at.get((flow, "YTD", _GROWTH_OF.get(figure, ""))), at.get((flow, "FORMER", figure))
        if span != "YTD" or growth is None or before is None:
            continue
        value, former, printed = (line.figures[key] for key in (column, before, growth))
        if not value or not former or printed is None:
            continue
        ratio = value / former
        rounded = ratio * (line.halves[column] / value + line.halves[before] / former)
        if abs(100 * (ratio - 1) - printed) > 1.01 * (100 * rounded + line.halves[growth]):
            raise FileRefused(
                "customs.row_growth", file=where, row=line.row, label=line.label[:40], first=column.at + 1,
                second=before.at + 1, computed=100 * (ratio - 1), column=growth.at + 1, printed=printed,
            )  # fmt: skip


_GROWTH_OF = {VALUE: GROWTH, QUANTITY: QUANTITY_GROWTH}


def bad_cell(where: str, row: int, column: int, text: str, reason: NotANumber) -> FileRefused:
    """The error for a cell (row and column from 0) that is not a figure."""
    key = "customs.no_figure" if reason.message.key == "number_form.not_a_number" else "customs.bad_cell"
    return FileRefused(key, file=where, row=row + 1, column=column + 1, given=shorten(text, 40), reason=reason)


def is_figure(text: str) -> bool:
    """Whether a cell prints a number, with or without a percent sign."""
    try:
        return parse(text, percent=True) is not None
    except NotANumber:
        return False


def _is_note(label: str, texts: list[str]) -> bool:
    """Whether a row is a note or a repeated header. Notes have text without figures, or begin like a note."""
    if _HEADING.fullmatch(label):
        return True
    if not any(character.isdigit() for text in texts for character in text):
        if _NOTE.match(label) or len(label) > 60:
            return True
        return bool(texts) and all(text == label for text in texts)
    return bool(_NOTE.match(label)) and all(text == label for text in texts)


def _figure(where: str, at: int, column: Column, text: str) -> float | None:
    try:
        value = parse(text, percent=column.figure in (GROWTH, QUANTITY_GROWTH))
    except NotANumber as reason:
        raise bad_cell(where, at, column.at, text, reason) from None
    if value is not None and value < 0 and column.figure not in (GROWTH, QUANTITY_GROWTH):
        raise FileRefused("customs.negative", file=where, row=at + 1, column=column.at + 1, given=shorten(text, 40))
    return value

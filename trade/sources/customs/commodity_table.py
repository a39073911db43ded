"""Read tables of main commodities: quantities and values in yuan, for the month and January to it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trade.errors import FactError, Message, shorten
from trade.sources.customs.column_headers import (
    GROWTH,
    QUANTITY,
    QUANTITY_GROWTH,
    VALUE,
    Column,
    header_rows,
    left_out,
    read_columns,
)
from trade.sources.customs.table_heading import Head, find_kind, worded
from trade.sources.customs.table_rows import (
    Line,
    check_columns,
    first_line,
    is_figure,
    read_lines,
)
from trade.sources.customs.to_delivery import Row, about, notes_of, reading, rounding, to_table
from trade.sources.delivery import Delivery, Refusal, Rows
from trade.sources.economy_names import Names, fold
from trade.sources.printed_names import bare_name, find_name
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.text_folding import plain

_DETAILED = 60
"""A list with more lines is the detailed one of the bulletin."""
_SECTION = re.compile(
    r"(?:[一二\d][、.])?\s*(?:主要|重点)?(?:商品)?(?:进口|出口)(?:主要|重点)?(?:商品|部分)?[::]?"
    r"|(?:main |major )?(?:im|ex)ports?:?"
)
"""A heading above the goods of one flow."""
_LEAST = 0.5
"""Least share of known lines; below it, the table is a different one."""


class Goods:
    """Commodity codes by printed name, and units of quantities by printed unit."""

    def __init__(self, names: Names, quantities: Mapping[str, str]) -> None:
        self.names, self.quantities = names, quantities

    def with_extra(self, extra: Mapping[str, str]) -> Goods:
        return Goods(self.names.with_extra(extra), self.quantities)

    def read(self, where: str, sheet: Sheet, head: Head, today: str) -> Delivery:
        """The table as a delivery; a commodity that the store does not list is refused by row.

        Raises:
            FileRefused: it is in dollars, its header is not understood, or more than half of its lines are unknown.
        """
        if head.unit.currency != "CNY":
            raise FileRefused("customs.commodities_in_dollars", file=where)
        start, label_at = first_line(where, sheet, lambda row, cell: starts_goods(sheet, row, cell))
        _check_one_list(where, sheet, start, head)
        header = header_rows(sheet, start)
        unit_at = _unit_column(sheet, header, label_at)
        columns = read_columns(where, sheet, header, head, label_at, unit_at)
        lines = list(read_lines(where, sheet, header, columns, self._is_known, unit_at, label_at))
        check_columns(where, lines)
        coded, refused = self._resolve(where, lines)
        if len(coded) < max(1, _LEAST * len(lines)):
            pairs = ", ".join(f'"{refusal.value}" = ""' for refusal in refused)
            names = f"names = {{ {pairs} }}"
            unknown = Message("customs.first_unknown", row=refused[0].row, names=names) if refused else ""
            raise FileRefused("customs.few_commodities", file=where, count=len(coded), all=len(lines), unknown=unknown)
        rows = [row for code, line in coded.items() for row in self._rows(where, code, line, columns, head)]
        if not rows:
            raise FileRefused("customs.empty", file=where)
        constants = {"quality": "reported", "period": head.period, "flow": head.flow}
        listed = "detail" if len(lines) > _DETAILED else "main"
        facts = Rows(
            "commodity_trade",
            to_table(rows),
            f"one row per commodity and span, {head.period}",
            constants | {"list": listed},
            {
                "value_cny_100m": rounding(lines, VALUE, head.unit.scale / 1e8),
                "value_prev_cny_100m": rounding(lines, VALUE, head.unit.scale / 1e8),
                "quantity": rounding(lines, QUANTITY, 1.0),
            },
        )
        source = about(head, "Main export and import commodities by quantity and value, as imported", today, where)
        day = head.published or today
        notes = [*notes_of(head, head.period, today), *left_out(sheet, header, columns, label_at)]
        read = [
            reading(line, column, code, value, head)
            for code, line in coded.items()
            for column, value in line.figures.items()
            if column.figure == VALUE and column.span in ("M", "YTD")
        ]
        return Delivery(
            "gacc_commodities", source, day, [facts], refused, notes, readings=read[:12], dated=bool(head.published)
        )

    def _find(self, label: str) -> str | None:
        return find_name(label, self.names.find)

    def _is_known(self, label: str) -> bool:
        return self._find(label) is not None

    def _resolve(self, where: str, lines: list[Line]) -> tuple[dict[str, Line], list[Refusal]]:
        coded: dict[str, Line] = {}
        refused = []
        for line in lines:
            code = self._find(line.label)
            if code is None and all(value is None for value in line.figures.values()):
                continue  # a note below the table, or a heading of a group
            if code is None:
                nearest = self.names.nearest(line.label) or Message("none")
                reason = Message("row.no_commodity", near=nearest)
                refused.append(Refusal(where, line.row, "name", line.label[:80], reason))
            elif code in coded:
                raise FileRefused("customs.same_rows", file=where, first=coded[code].row, second=line.row, code=code)
            else:
                coded[code] = line
        return coded, refused

    def _rows(self, where: str, code: str, line: Line, columns: list[Column], head: Head) -> Iterator[Row]:
        unit = self.quantities.get(fold(bare_name(line.unit)))
        if unit is None and any(line.figures[column] is not None for column in columns if column.figure == QUANTITY):
            reason = "customs.quantity_unit" if line.unit else "customs.no_quantity_unit"
            raise FileRefused(reason, file=where, row=line.row, unit=shorten(line.unit, 30))
        scale = head.unit.scale / 1e8

        def figure(span: str, kind: str) -> float | None:
            return next(
                (line.figures[column] for column in columns if (column.span, column.figure) == (span, kind)), None
            )

        for span in ("M", "YTD"):
            value, former = figure(span, VALUE), figure("FORMER", VALUE) if span == "YTD" else None
            quantity, growth = figure(span, QUANTITY), figure(span, GROWTH)
            if value is None and quantity is None and growth is None:
                continue
            yield {
                "freq": span,
                "product": code,
                "value_cny_100m": None if value is None else round(value * scale, 8),
                "value_prev_cny_100m": None if former is None else round(former * scale, 8),
                "growth_pct": growth,
                "quantity": quantity,
                "quantity_unit": unit if quantity is not None else None,
                "quantity_growth_pct": figure(span, QUANTITY_GROWTH),
            }


def starts_goods(sheet: Sheet, row: int, cell: str) -> bool:
    """Whether `cell` names the first commodity: with figures beside it and a header of quantities and values above it.

    Months may be above or below the words quantity and value; row numbers may precede the names.
    """
    if _is_measured(sheet.rows[row]) or not re.search(r"[^\W\d_]", cell):
        return False
    first = next(text for text in sheet.rows[row] if text)
    numbered = any(_NUMBERED.fullmatch(worded(sheet.cell(above, 0))) for above in range(max(0, row - 4), row))
    if cell != first and not (numbered and first.isdigit()):
        return False
    beside = [text for text in sheet.rows[row] if text not in (first, cell)]
    return any(map(is_figure, beside)) and any(_is_measured(above) for above in sheet.rows[max(0, row - 3) : row])


_NUMBERED = re.compile(r"序号|编号|行次|no\.?|#")
_MEASURED = re.compile(r"数量|金额|quantity|qty|volume|value|amount")
_UNIT_HEADER = re.compile(
    r"(?:计量|数量|计算)?单位|quantity units?|qty\.? units?|units?(?: of (?:quantity|measure(?:ment)?))?"
)


def _is_measured(row: Sequence[str]) -> bool:
    """Whether two or more columns of a row are headed quantity or value, and it is not a title spread over columns."""
    words = [worded(cell) for cell in row]
    measured = [word for word in words if _MEASURED.search(word) and not _UNIT_HEADER.fullmatch(word)]
    return len(measured) > 1 and not any(any(find_kind(word)) for word in set(measured))


def _unit_column(sheet: Sheet, header: range, label_at: int) -> int | None:
    for row in header:
        for at, cell in enumerate(sheet.rows[row]):
            if at > label_at and _UNIT_HEADER.fullmatch(worded(cell)):
                return at
    return None


def _check_one_list(where: str, sheet: Sheet, start: int, head: Head) -> None:
    """Check that the rows below the header are of one list.

    Raises:
        FileRefused: one of them is the title of another list, or the heading of the other flow.
    """
    for row in range(start, len(sheet.rows)):
        cells = {cell for cell in sheet.rows[row] if cell}
        label = next((cell for cell in sheet.rows[row] if cell), "")
        if not label or len(cells) > 2 or any(re.fullmatch(r"[-\d., ]*\d[-\d., ]*%?", cell) for cell in cells):
            continue
        kind, flow = find_kind(label)
        section = _SECTION.fullmatch(worded(label))
        if section:
            kind, flow = "commodity", "export" if "出口" in section[0] or "export" in section[0] else "import"
        if kind and (kind, flow) != (head.kind, head.flow) and not re.match(r"注|note|说明|备注|\*", plain(label)):
            raise FileRefused(
                "customs.two_lists", file=where, title=shorten(head.title, 60), row=row + 1, label=shorten(label, 60)
            )


def read_goods(data: Path) -> Goods:
    """The commodities of `data/gacc_commodities`, with the English names of customs.

    Raises:
        FactError: the table is not there.
    """
    listing = tomllib.loads(Path(__file__).with_name("goods.toml").read_text(encoding="utf-8"))
    try:
        with (data / "gacc_commodities" / "products.csv").open(encoding="utf-8", newline="") as file:
            listed = [(row["product"], row["name_en"], row["name_zh"]) for row in csv.DictReader(file)]
    except OSError as error:
        raise FactError("gacc_commodities/products.csv", "fact.unread", reason=error.strerror) from None
    codes = {code for code, _, _ in listed}
    known = {fold(name): code for code, *names in listed for name in names}
    known |= {fold(name): code for code, names in listing["names"].items() if code in codes for name in names}
    labels = [name for _, *names in listed for name in names]
    quantities = {fold(printed): unit for printed, unit in listing["quantities"].items()}
    return Goods(Names(known, labels), quantities)

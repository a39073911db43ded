"""Turn the sheets of a customs file into deliveries: identify each table, read it, choose its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from trade.errors import shorten
from trade.sources.customs import to_delivery
from trade.sources.customs.column_headers import header_rows, left_out, read_columns
from trade.sources.customs.commodity_table import Goods
from trade.sources.customs.partner_table import Table, find, resolve
from trade.sources.customs.recognition import PAGE
from trade.sources.customs.regime_names import regime_names
from trade.sources.customs.table_heading import Head, lists_of, read_head
from trade.sources.customs.table_rows import Line, check_columns, first_line, read_lines
from trade.sources.customs.totals_table import read_totals
from trade.sources.delivery import Delivery
from trade.sources.economy_names import CUSTOMS, Names, publishers
from trade.sources.spreadsheets import FileRefused, Sheet, has_figures, hidden_within


@dataclass(frozen=True)
class ReadOptions:
    """What the user specifies for a file: unit, day of publication, names. If empty, the file is used."""

    today: str
    unit: str = ""
    published: str = ""
    names: dict[str, str] = field(default_factory=dict)


def read_customs(name: str, sheets: Sequence[Sheet], names: Names, goods: Goods, wishes: ReadOptions) -> list[Delivery]:
    """One delivery per table of the file.

    Args:
        name: of the file, for messages.

    Raises:
        FileRefused: no table is recognised, or one of them is invalid: then none is read.
    """
    page = next((sheet for sheet in sheets if sheet.name == PAGE), None)
    names = names.with_extra(publishers()[CUSTOMS]["names"]).with_extra(wishes.names)
    goods = goods.with_extra(wishes.names)
    deliveries = []
    tables = _tables(sheets)
    for sheet in tables:
        lists = lists_of(sheet)
        place = f"{name}, sheet {sheet.name}" if sheet.name and len(tables) > 1 else name
        for number, table in enumerate(lists, 1):
            where = place if len(lists) == 1 else f"{place}, list {number}"
            head = read_head(name, where, table, page, wishes.unit, wishes.published)
            if head is not None and sum(map(any, table.rows)) > 3:
                read = _read(where, table, head, names, goods, wishes)
                deliveries.append(replace(read, notes=[*read.notes, *hidden_within(where, table)]))
    if not deliveries:
        raise FileRefused("customs.unrecognised", file=name)
    _check_one_version(name, deliveries)
    return deliveries


_NUMBERS = ("printed", "value_cny_10k", "value_cny_100m", "value")
_KEY_COLUMNS = (
    "freq",
    "period",
    "flow",
    "topic",
    "item",
    "list",
    "product",
    "partner",
    "group_code",
    "currency",
    "unit",
)


def _check_one_version(name: str, deliveries: Sequence[Delivery]) -> None:
    """Check that no figure has two values in a file, as in one with both a revised sheet and the original.

    Raises:
        FileRefused: one has.
    """
    seen: dict[tuple[object, ...], object] = {}
    for delivery in deliveries if len(deliveries) > 1 else ():
        for table in delivery.tables:
            for row in ({**table.constants, **row} for row in table.rows.to_pylist()):
                value = next((row[column] for column in _NUMBERS if row.get(column) is not None), None)
                key = (delivery.source_id, table.table, *(row.get(column) for column in _KEY_COLUMNS))
                if value is not None and seen.setdefault(key, value) != value:
                    raise FileRefused(
                        "customs.two_versions", file=name, period=str(row["period"]), first=seen[key], second=value
                    )


def _tables(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with figures, or all if none has any."""
    sheets = [sheet for sheet in sheets if sheet.name != PAGE]
    return [sheet for sheet in sheets if has_figures(sheet)] or sheets


def _read(where: str, sheet: Sheet, head: Head, names: Names, goods: Goods, options: ReadOptions) -> Delivery:
    today, extra = options.today, options.names
    if head.kind == "commodity":
        return goods.read(where, sheet, head, today)
    if head.kind == "total":
        return to_delivery.of_totals(where, read_totals(where, sheet, head), head, today)
    known = names if head.kind == "partner" else regime_names().with_extra(extra)
    whole = "world" if head.kind == "partner" else "Total"
    start, label_at = _first_line(where, sheet, known, whole)
    header = header_rows(sheet, start)
    columns = read_columns(where, sheet, header, head, label_at)

    def is_name(label: str) -> bool:
        return _code(label, known, whole) is not None

    lines = list(read_lines(where, sheet, header, columns, is_name, label_at=label_at))
    coded = resolve(where, lines, known) if head.kind == "partner" else _regimes(where, lines, known)
    if whole not in coded:
        raise FileRefused("customs.no_total", file=where)
    if len(coded) < 2 or (head.kind == "regime" and len(coded) < len(lines)):
        raise FileRefused("customs.cut", file=where)
    table = Table(where, columns, coded)
    table.check_rows()
    check_columns(where, lines)
    convert = to_delivery.of_regimes if head.kind == "regime" else to_delivery.of_partners
    delivery = convert(table, head, today)
    return replace(delivery, notes=[*delivery.notes, *left_out(sheet, header, columns, label_at)])


def _first_line(where: str, sheet: Sheet, known: Names, whole: str) -> tuple[int, int]:
    """Row and column of the first name: the total, or a name with figures if the total is the last row."""

    def is_name(row: int, label: str) -> bool:
        code = _code(label, known, whole)
        return code == whole or (code is not None and any(_FIGURE.fullmatch(cell) for cell in sheet.rows[row]))

    return first_line(where, sheet, is_name)


_FIGURE = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d+|\d{3,}")
"""A figure, as opposed to the number of a month in a header."""


def _code(label: str, known: Names, whole: str) -> str | None:
    code = find(label, known)
    return whole if code == "world" else code


def _regimes(where: str, lines: Sequence[Line], known: Names) -> dict[str, Line]:
    """The lines by regime.

    Raises:
        FileRefused: a regime is not known.
    """
    coded = {}
    for line in lines:
        code = _code(line.label, known, "Total")
        if code is None:
            raise FileRefused(
                "customs.unknown_regime", file=where, row=line.row, label=shorten(line.label, 40),
                names=f'names = {{ "{line.label[:60]}" = "" }}',
            )  # fmt: skip
        coded[code] = line
    return coded

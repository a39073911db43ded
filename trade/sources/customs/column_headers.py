"""What each column of a customs table holds, from its header rows: flow, span of time, kind of figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trade.sources import money_units
from trade.sources.customs.table_heading import _MONTH, _MONTHS, Head
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.text_folding import plain

VALUE, QUANTITY, GROWTH, QUANTITY_GROWTH = "value", "quantity", "growth", "quantity growth"
_GROWTH = re.compile(r"%|±|同比|比去年|增长|year[- ]on[- ]year|yoy|percentage|growth|change")
_QUANTITY = re.compile(r"数量|quantity|volume")
_ON_MONTH = re.compile(r"比上月|环比|month[- ]on[- ]month|\bm-?o-?m\b|over the previous month|from the previous month")
"""A change against the month before, which the store has no column for."""
_FORMER = re.compile(r"去年|上年|last year|previous year|same period")
_THROUGH = re.compile(
    r"累计|年初|cumulative|\b1\s*(?:-|至|to)[\s-]*(?:to)?[\s-]*(\d{1,2})|1\s*至\s*(\d{1,2})"
    rf"|jan(?:uary)?\.?\s*(?:-|to)\s*({_MONTH})|ytd|to date|\btotal\b"
)
_ALONE = re.compile(
    rf"当月|本月|(?<![\d至\-])(\d{{1,2}})\s*月|\b({_MONTH})\b|current month|this month"
    r"|(?<![\d\-.])\b(\d{1,2})\b(?![\d\-.])"
)


@dataclass(frozen=True)
class Column:
    """One column. `span`: M the month, YTD January to it, FORMER that a year earlier; `flow`: none for goods."""

    at: int
    flow: str
    span: str
    figure: str


def header_text(sheet: Sheet, rows: range) -> list[str]:
    """The header of each column as one text: an empty cell takes the text to its left, which spans it."""
    wide = max((len(sheet.rows[row]) for row in rows), default=0)
    texts = [""] * wide
    for row in rows:
        spread, left = [], ""
        for at in range(wide):
            left = sheet.cell(row, at) or (left if at > 0 else "")
            spread.append(left)
        own = [bool(sheet.cell(row, at)) for at in range(wide)]
        last = max((at for at in range(wide) if own[at]), default=-1)
        texts = [f"{text} {spread[at]}" if at <= last + 3 else text for at, text in enumerate(texts)]
    return [plain(text) for text in texts]


def read_columns(where: str, sheet: Sheet, rows: range, head: Head, label_at: int = 0) -> list[Column]:
    """The columns that hold figures: those to the right of the names, which stand in the column `label_at`.

    Raises:
        FileRefused: two columns say the same, or a header names another month than the title.
    """
    texts = header_text(sheet, rows)
    through = any(_THROUGH.search(text) and not _GROWTH.search(text) for text in texts[label_at + 1 :])
    columns = [
        column
        for at, text in enumerate(texts)
        if at > label_at and text and (column := _column(where, at, text, head, through))
    ]
    seen: dict[tuple[str, str, str], int] = {}
    for column in columns:
        key = (column.flow, column.span, column.figure)
        if key in seen:
            raise FileRefused(
                "customs.same_columns", file=where, first=seen[key] + 1, second=column.at + 1, reading=" ".join(key)
            )
        seen[key] = column.at
    if not any(column.figure == VALUE and column.span in ("M", "YTD") for column in columns):
        raise FileRefused("customs.no_values", file=where)
    return columns


def _column(where: str, at: int, text: str, head: Head, through: bool) -> Column | None:
    if _ON_MONTH.search(text) or not in_unit(where, at, text, head):
        return None
    flow = "" if head.kind == "commodity" else _flow(text)
    if head.kind != "commodity" and not flow:
        return None
    grows = bool(_GROWTH.search(text))
    if head.kind == "commodity" and not (_QUANTITY.search(text) or re.search(r"金额|value|amount", text)):
        return None
    counted = head.kind == "commodity" and bool(_QUANTITY.search(text))
    figure = (QUANTITY_GROWTH if counted else GROWTH) if grows else QUANTITY if counted else VALUE
    span = _span(where, text, head, grows, through)
    return Column(at, flow, span, figure) if span else None


def in_unit(where: str, at: int, text: str, head: Head) -> bool:
    """Whether a column is in the currency of the table: some tables print yuan and dollars side by side.

    Raises:
        FileRefused: it is, in another scale than the head says.
    """
    try:
        reading = money_units.read(text, bare_yuan=True)
    except money_units.UnitUnclear:
        return True
    if reading.currency not in ("", head.unit.currency):
        return False
    if reading.currency and reading.power and reading.power != head.unit.power:
        raise FileRefused(
            "customs.two_scales", file=where, unit=10**head.unit.power, column=at + 1, other=10**reading.power
        )
    return True


def _flow(text: str) -> str:
    bare = re.sub(r"进口原产国|出口最终目的国|import source|export destination", "", text)
    exports, imports = bool(re.search(r"出口|export", bare)), bool(re.search(r"进口|import", bare))
    if "进出口" in bare or (exports and imports):
        return "total"
    return "export" if exports else "import" if imports else "total" if re.search(r"总值|合计|\btotal\b", bare) else ""


def _span(where: str, text: str, head: Head, grows: bool, through: bool) -> str:
    said = _THROUGH.search(text)
    former = not grows and (_FORMER.search(text) or str(head.year - 1) in text)
    if said:
        last = next((part for part in said.groups() if part), None)
        _check_month(where, last, head)
        return "FORMER" if former else "YTD"
    alone = _ALONE.search(text)
    if grows and through and not alone:
        return "YTD"
    if alone:
        _check_month(where, next((part for part in alone.groups() if part), None), head)
        return "" if former else "M"
    return "M" if grows and not through else ""


def _check_month(where: str, named: str | None, head: Head) -> None:
    if named is None:
        return
    month = int(named) if named.isdigit() else _MONTHS[named]
    if month != head.month:
        raise FileRefused("customs.two_months", file=where, month=head.month, other=month)

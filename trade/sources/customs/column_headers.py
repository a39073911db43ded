"""Find what each column of a customs table contains, from its header rows: flow, time span, kind of figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trade.errors import Message, shorten
from trade.sources import money_units
from trade.sources.customs.table_heading import _MONTH, _MONTHS, Head, worded
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.text_folding import plain

VALUE, QUANTITY, GROWTH, QUANTITY_GROWTH = "value", "quantity", "growth", "quantity growth"
_GROWTH = re.compile(r"%|±|同比|比去年|增长|year[- ]on[- ]year|yoy|percentage|growth|change")
LEFT_OUT = re.compile(
    r"比重|占比|份额|构成|\bshares?\b|proportion|增减额|增减值|增减量|增减数|增长额|增长值|增长量|增加额|增加值|净增"
    r"|absolute|increment|^(?!.*%).*change in (?:value|amount|quantity)|差额|顺差|逆差|balance|surplus|deficit"
    r"|单价|均价|价格|(?:unit|average) (?:value|price)|price (?:change|index)"
    r"|贡献|拉动|百分点|contribution|percentage points?"
    r"|指数|=\s*100|(?:[为是]|相当于)(?:去|上)年|\bind(?:ex|ices)\b|% of (?:last|previous|prior) year"
    r"|预测|预计|估计|预期|forecasts?|projected|projections?|estimate[sd]?"
)
"""Shares, changes in money, balances, prices, contributions, indices, forecasts: the store has no column for them, and
they must not be taken for growth."""
_QUANTITY = re.compile(r"数量|quantity|qty|volume")
ON_MONTH = re.compile(
    r"比上月|环比|(?<!\d)(?P<month>\d{1,2})\s*月份?\s*[比较]\s*(?:20\d\d\s*年\s*)?(?!(?P=month)\s*月)\d{1,2}\s*月"
    r"|month[- ]on[- ]month|\bm-?o-?m\b|previous month"
    rf"|\b(?P<name>{_MONTH})\.?\s*(?:20\d\d\s*)?(?:vs\.?|over|from|against)\s*(?!(?P=name))(?:{_MONTH})\b"
)
"""A change from the previous month, for which the store has no column."""
_FORMER = re.compile(r"去年|上年|last year|previous year|same period")
_THROUGH = re.compile(
    r"(?<!\d)20\d\d01\s*(?:-|至|to)\s*20\d\d(1[0-2]|0[1-9])(?!\d)"
    r"|(?<!\d)0?1\s*月?\s*(?:-|至|到|to|through)[\s-]*(?:to)?[\s-]*(?:20\d\d\s*[-年./]\s*)?(?:0?(1[0-2]|[1-9])(?!\d)|当月|本月|month)"
    r"|前\s*(\d{1,2})\s*个?月"
    rf"|jan(?:uary)?\.?\s*(?:20\d\d\s*)?(?:-|to|through)\s*({_MONTH})"
    r"|累计|年初|今年以来|cumulati|cumulated|accumulat|ytd|to date"
    r"|\btotal\b(?!\s*(?:exports?|imports?|trade|values?|amount))"
)
_ALONE = re.compile(
    rf"当月|本月|(?<![\d至\-])(\d{{1,2}})\s*月|\b({_MONTH})\b|current month|this month|\bmonth(?:ly)?\b"
    r"|(?<![\d\-.])\b(\d{1,2})\b(?![\d\-.])"
)
_COUNTED_IN = re.compile(r"(?:quantity|qty\.?) units?|数量单位|units? of (?:quantity|measure)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_UNIT_LINE = re.compile(r"(?:计价|金额)?单位\s*[::∶]|unit\s*[::∶]")
_FIGURE = re.compile(r"[-+(−]?\d[\d,. ]*[)%％]?")
_ROWS_EXAMINED = 40
"""Rows that are examined to see whether a column contains figures."""
_HEADER_WORDS = re.compile(r"\d\s*月|累计|出口|进口|数量|金额|同比|export|import|quantity|value|amount|\bytd\b")


@dataclass(frozen=True)
class Column:
    """One column. `span`: M the month, YTD January to it, FORMER the YTD a year earlier; `flow`: empty for goods."""

    at: int
    flow: str
    span: str
    figure: str


def header_rows(sheet: Sheet, start: int) -> range:
    """The header rows above `start`, without the title and the line of the unit."""
    first = start
    while (above := _filled_above(sheet, first, first == start)) >= 0 and not _is_title_or_unit(sheet.rows[above]):
        first = above
    return range(first, start)


def _filled_above(sheet: Sheet, row: int, any_words: bool) -> int:
    """The header row above `row`, -1 if there is none. Beyond empty rows it needs a header word, or `any_words`."""
    above = row - 1
    while above >= 0 and not any(sheet.rows[above]):
        above -= 1
    near = above == row - 1 or any_words or any(_HEADER_WORDS.search(plain(cell)) for cell in sheet.rows[max(above, 0)])
    return above if near else -1


def _is_title_or_unit(row: Sequence[str]) -> bool:
    """Whether a row is the title or the line of the unit, which end the header."""
    cells = [plain(cell) for cell in dict.fromkeys(row) if cell]
    repeated = len(cells) == 1 and not row[0] and sum(map(bool, row)) > 1  # one word over each column: `,Aug,Aug,Aug`
    if (len(cells) <= 1 and not repeated) or any(re.search(r"[总量]值表|\bvalues by\b", cell) for cell in cells):
        return True
    others = [cell for cell in cells if not _UNIT_LINE.match(cell)]
    return len(others) < len(cells) and not any(_HEADER_WORDS.search(cell) for cell in others)


def header_text(sheet: Sheet, rows: range, label_at: int = 0) -> list[str]:
    """The header of each column as one text; an empty cell has the text of the cell to its left, which spans it.

    Cells in the column of names (`label_at`) or to its left do not span columns of figures.
    """
    wide = max((len(sheet.rows[row]) for row in rows), default=0)
    texts: list[list[str]] = [[] for _ in range(wide)]
    for row in rows:
        spread, left = [], ""
        for at in range(wide):
            left = sheet.cell(row, at) or (left if at > label_at + 1 else "")
            spread.append(left)
        own = [bool(sheet.cell(row, at)) for at in range(wide)]
        last = max((at for at in range(wide) if own[at]), default=-1)
        texts = [[*parts, spread[at]] if at <= last + 3 else parts for at, parts in enumerate(texts)]
    return [" ".join(_in_header(part) for part in parts if part) for parts in texts]


def _in_header(cell: str) -> str:
    """A cell as part of a header, without signs of growth if it is a unit: `单位：亿元、%` is not a growth column."""
    text = worded(cell)
    return re.sub(r"%|同比|增长\S*|growth.*", "", text) if _UNIT_LINE.match(text) else text


def read_columns(
    where: str, sheet: Sheet, rows: range, head: Head, label_at: int = 0, unit_at: int | None = None
) -> list[Column]:
    """The columns of figures, which are to the right of the column of names (`label_at`).

    Args:
        unit_at: the column of the units of quantities.

    Raises:
        FileRefused: two columns have the same meaning, a header names another month or year than the title, or the
            time span of a column is unknown.
    """
    texts = header_text(sheet, rows, label_at)
    has_ytd = any(_THROUGH.search(text) and not _GROWTH.search(text) for text in texts[label_at + 1 :])
    columns = [
        column
        for at, text in enumerate(texts)
        if at > label_at and at != unit_at and text and (column := _column(where, at, text, head))
    ]
    columns = [replace(column, span=column.span or _span_beside(column, columns, has_ytd)) for column in columns]
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


def _column(where: str, at: int, text: str, head: Head) -> Column | None:
    if ON_MONTH.search(text) or LEFT_OUT.search(text) or not in_unit(where, at, text, head):
        return None
    check_years(where, at, text, head)
    if head.kind != "commodity" and re.search(r"数量|quantit", text):
        return None
    flow = "" if head.kind == "commodity" else _flow(text)
    if head.kind != "commodity" and not flow:
        if (_THROUGH.search(text) or re.search(r"\d\s*月|当月|本月", text)) and not _GROWTH.search(text):
            raise FileRefused("customs.no_flow", file=where, column=at + 1, header=shorten(text, 40))
        return None
    is_growth = bool(_GROWTH.search(text))
    text = _COUNTED_IN.sub(" ", text)
    if head.kind == "commodity" and not (_QUANTITY.search(text) or re.search(r"金额|value|amount", text)):
        return None
    counted = head.kind == "commodity" and bool(_QUANTITY.search(text))
    figure = (QUANTITY_GROWTH if counted else GROWTH) if is_growth else QUANTITY if counted else VALUE
    span = _span(where, at, text, head, is_growth)
    return None if span is None else Column(at, flow, span, figure)


def _span_beside(growth: Column, columns: Sequence[Column], has_ytd: bool) -> str:
    """The span of a column of growth whose header names none: of several, that of the figures to its left."""
    alike = [column for column in columns if replace(column, at=growth.at) == growth]
    left = [column.span for column in columns if column.at < growth.at and column.flow == growth.flow and column.span]
    return left[-1] if len(alike) > 1 and left else "YTD" if has_ytd else "M"


def left_out(sheet: Sheet, rows: range, columns: Sequence[Column], label_at: int) -> list[Message]:
    """A note on the columns of figures that are not read, if any."""
    read = {column.at for column in columns}
    below = sheet.rows[rows.stop : rows.stop + _ROWS_EXAMINED]
    texts = header_text(sheet, rows, label_at)
    unread = [
        str(at + 1)
        for at, text in enumerate(texts)
        if at > label_at
        and text
        and at not in read
        and any(_FIGURE.fullmatch(row[at]) for row in below if at < len(row))
    ]
    return [Message("note.columns_left_out", columns=", ".join(unread))] if unread else []


def check_years(where: str, at: int, text: str, head: Head) -> None:
    """Check that a header names no year but that of the title or the one before it.

    Raises:
        FileRefused: it does.
    """
    for named in _YEAR.findall(text):
        if head.year and int(named) not in (head.year, head.year - 1):
            raise FileRefused("customs.two_years", file=where, year=str(head.year), column=at + 1, other=named)


def in_unit(where: str, at: int, text: str, head: Head) -> bool:
    """Whether a column is in the currency of the table: some tables print yuan and dollars side by side.

    Raises:
        FileRefused: it is, but in another scale than the table's unit.
    """
    try:
        reading = money_units.read(text, assumed="CNY")
    except money_units.UnitUnclear:
        return True
    if reading.currency not in ("", head.unit.currency):
        return False
    if reading.currency and reading.power and reading.power != head.unit.power:
        raise FileRefused(
            "customs.two_scales", file=where, unit=10**head.unit.power, column=at + 1, other=10**reading.power
        )
    return True


_WHOLE = r"总值|总额|合计|贸易额|\btotal\b|trade value"


def _flow(text: str) -> str:
    bare = re.sub(r"进口原产国|出口最终目的国|import source|export destination", "", text)
    exports, imports = bool(re.search(r"出口|export", bare)), bool(re.search(r"进口|import", bare))
    if "进出口" in bare or (exports and imports):
        return "total"
    return "export" if exports else "import" if imports else "total" if re.search(_WHOLE, bare) else ""


def _span(where: str, at: int, text: str, head: Head, is_growth: bool) -> str | None:
    """The span that a header names: "" if it is of growth and names none, None if the column is of another month."""
    through_match = _THROUGH.search(text)
    former = not is_growth and (_FORMER.search(text) or str(head.year - 1) in text)
    if through_match:
        last = next((part for part in through_match.groups() if part), None)
        _check_month(where, last, head)
        return "FORMER" if former else "YTD"
    alone = _ALONE.search(re.sub(r"(?<!\d)20\d\d(?:\s*[-./]\s*(?=\d))?(?!\d{3})", " ", text))
    if alone:
        _check_month(where, next((part for part in alone.groups() if part), None), head)
        return None if former else "M"
    if is_growth:
        return ""
    if former:
        return None
    raise FileRefused("customs.no_span", file=where, column=at + 1, header=shorten(text.strip(), 40))


def _check_month(where: str, named: str | None, head: Head) -> None:
    if named is None:
        return
    month = int(named) if named.isdigit() else _MONTHS[named]
    if month != head.month:
        raise FileRefused("customs.two_months", file=where, month=head.month, other=month)

"""Table (1): China's total exports and imports: one month with flows as rows, or months as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trade.errors import Message, shorten
from trade.sources.customs.column_headers import LEFT_OUT, ON_MONTH, check_years, header_rows, header_text, in_unit
from trade.sources.customs.table_heading import _MONTH, _MONTHS, Head, worded
from trade.sources.customs.table_rows import Cell, bad_cell, check_month, check_percent
from trade.sources.number_parser import NotANumber, half_width, parse
from trade.sources.periods import NotAPeriod, Period, PeriodReader
from trade.sources.printed_names import bare_name
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.text_folding import plain

FLOWS = ("total", "export", "import", "balance")
_TOTAL = re.compile(
    r"(?:货物|外贸)?进出口(?:商品)?(?:总值|总额|额)?|贸易(?:总)?额|(?:外贸)?总[值额]"
    r"|(?:total )?exports? ?(?:&|and) ?imports?|imports? ?(?:&|and) ?exports?"
    r"|total(?: trade)?|trade value"
)
_FLOWS = (
    (
        "balance",
        re.compile(r"(?:贸易|进出口)?(?:差额|顺差|逆差)|净出口|(?:trade )?(?:balance|surplus|deficit)|贸易差额.*"),
    ),
    ("total", _TOTAL),
    ("export", re.compile(r"(?:货物)?出口(?:商品)?(?:总值|总额|额|值)?|(?:total )?exports?")),
    ("import", re.compile(r"(?:货物)?进口(?:商品)?(?:总值|总额|额|值)?|(?:total )?imports?")),
)
_CUMULATED = re.compile(
    r"累计|年初|今年以来|cumulati|cumulated|accumulat|\bytd\b|to date|\btotal\b|前\s*\d{1,2}\s*个?月"
    r"|(?<!\d)0?1\s*月?\s*(?:-|至|到|to|through)\s*(?:to\s*-?\s*)?(?:20\d\d\s*[-年./]\s*)?(?:\d{1,2}|当月|本月|month)"
    rf"|jan(?:uary)?\.?\s*(?:20\d\d\s*)?(?:-|to|through)\s*(?:{_MONTH})"
)
_GROWTH = re.compile(r"%|±|同比|比去年|增长|year[- ]on[- ]year|yoy|growth|change")
_FORMER = re.compile(r"去年|上年|last year|previous year|same period")
_FOOTNOTE = re.compile(r"\s*[*＊\u00b9\u00b2\u00b3\u2460-\u2473]+$")
_VALUE_WORDS = re.compile(r"\b(?:value|values|amount)\b|金额|数值|当月|本月|current month|this month")


@dataclass(frozen=True)
class Figure:
    """One printed figure. `half`: half a unit of its last digit, in the unit of the table."""

    freq: str
    period: str
    flow: str
    text: str
    value: float
    half: float
    growth: float | None
    row: int
    column: int

    @property
    def cell(self) -> Cell:
        """The figure as it is printed."""
        return Cell(self.value, self.half, self.text, self.column)


def read_totals(where: str, sheet: Sheet, head: Head) -> list[Figure]:
    """Every figure of the table, as printed, after checking totals and balances against exports and imports.

    Raises:
        FileRefused: the table is not understood, or its figures do not add up.
    """
    figures = list(_flows_as_rows(where, sheet, head)) or list(_months_as_rows(where, sheet, head))
    if not figures:
        raise FileRefused("customs.totals_form", file=where)
    _check_sums(where, figures)
    return figures


def _flow(text: str) -> str:
    words = re.sub(r"\s+|[()（）:：*]", " ", plain(bare_name(text)).replace("(fob)", "").replace("(cif)", "")).strip()
    words = re.sub(r"^of which\s+|\s*(?:value|values)$", "", words)
    return next((flow for flow, pattern in _FLOWS if pattern.fullmatch(words)), "")


def _flows_as_rows(where: str, sheet: Sheet, head: Head) -> Iterator[Figure]:
    """The layout of the express release: a row per flow, columns for the month and January to it."""
    named = [
        (row, at, flow)
        for row, cells in enumerate(sheet.rows)
        for at, cell in enumerate(cells[:3])
        if (flow := _flow(cell))
    ]
    rows = {flow: (row, at) for row, at, flow in reversed(named) if _has_figures(sheet, row, at)}
    if "export" not in rows or "import" not in rows or not head.month:
        return
    start = min(row for row, _ in rows.values())
    label_at = rows["export"][1]
    columns = _columns_of_spans(where, sheet, header_rows(sheet, start), head, label_at)
    for (_, figure), column in columns.items():
        if figure == "growth":
            lines = [row for flow, (row, _) in rows.items() if flow != "balance"]
            check_percent(where, column, [sheet.cell(row, column) for row in lines])
    for flow, (row, _) in sorted(rows.items(), key=lambda item: FLOWS.index(item[0])):
        for freq in ("M", "YTD"):
            at = columns.get((freq, "value"))
            if at is None:
                continue
            growth_at = columns.get((freq, "growth"))
            growth = None if growth_at is None or flow == "balance" else _number(where, sheet, row, growth_at, True)
            yield from _figure(where, sheet, row, at, Period(freq, head.period), flow, growth)


def _has_figures(sheet: Sheet, row: int, at: int) -> bool:
    return any(re.search(r"\d", cell) for cell in sheet.rows[row][at + 1 :])


def _columns_of_spans(where: str, sheet: Sheet, rows: range, head: Head, label_at: int) -> dict[tuple[str, str], int]:
    columns: dict[tuple[str, str], int] = {}
    for at, text in enumerate(header_text(sheet, rows, label_at)):
        if at <= label_at or not text or ON_MONTH.search(text) or LEFT_OUT.search(text):
            continue
        check_years(where, at, text, head)
        if str(head.year - 1) in text:
            continue
        if not in_unit(where, at, text, head):
            continue
        freq = "YTD" if _CUMULATED.search(text) else "M" if _names_month(text, head) else ""
        if not freq:
            if _GROWTH.search(text) or _FORMER.search(text):
                continue
            raise FileRefused("customs.no_span", file=where, column=at + 1, header=shorten(text, 40))
        key = (freq, "growth" if _GROWTH.search(text) else "value")
        if key in columns:
            raise FileRefused(
                "customs.same_columns", file=where, first=columns[key] + 1, second=at + 1, reading=f"{freq} {key[1]}"
            )
        columns[key] = at
    return columns


def _names_month(text: str, head: Head) -> bool:
    if _VALUE_WORDS.search(text) and not re.search(rf"\b(?:{_MONTH})\b|\d", text):
        return True
    named = [_MONTHS[word] for word in re.findall(rf"\b({_MONTH})\b", text)]
    named += [int(number) for number in re.findall(r"(?<![\d.])(\d{1,2})(?=\s*月|\s|$)", text)]
    return head.month in named


def _months_as_rows(where: str, sheet: Sheet, head: Head) -> Iterator[Figure]:
    """The layout of the monthly bulletin: a row per month (or year), columns per flow for the month and to date."""
    readers = [_period_reader(sheet, at, head) for at in range(3)]
    start, label_at = next(
        (
            (row, at)
            for row, cells in enumerate(sheet.rows)
            for at, cell in enumerate(cells[:3])
            if _is_period(cell, head, readers[at])
        ),
        (-1, 0),
    )
    if start < 0:
        return
    header = header_rows(sheet, start)
    columns = _columns_of_flows(where, sheet, header, head, label_at)
    if any(re.fullmatch(r"月份?|months?", worded(sheet.cell(row, label_at + 1))) for row in header):
        raise FileRefused("customs.totals_form", file=where)  # month in another column, so only the year would be read
    periods = _periods(where, sheet, start, label_at, head)
    for (flow, _, figure), at in columns.items():
        if figure == "growth" and flow != "balance":
            check_percent(where, at, [sheet.cell(row, at) for row in periods])
    for row, period in periods.items():
        for (flow, freq, figure), at in columns.items():
            spans = {"M": ("M", "YTD"), "YTD": ("YTD",) if (flow, "YTD", figure) in columns else ("M",)}
            if figure == "value" and freq in spans.get(period.freq, ("M",)):
                growth_at = columns.get((flow, freq, "growth"))
                growth = None if growth_at is None or flow == "balance" else _number(where, sheet, row, growth_at, True)
                column_period = period if freq == "M" else replace(period, freq="YTD")
                yield from _figure(where, sheet, row, at, column_period, flow, growth)


def _columns_of_flows(
    where: str, sheet: Sheet, header: range, head: Head, label_at: int
) -> dict[tuple[str, str, str], int]:
    """Columns by flow, span and kind of figure.

    Raises:
        FileRefused: two have the same meaning.
    """
    columns: dict[tuple[str, str, str], int] = {}
    for at, text in enumerate(header_text(sheet, header, label_at)):
        if at <= label_at or ON_MONTH.search(text) or LEFT_OUT.search(_without_flows(text)):
            continue
        if not in_unit(where, at, text, head):
            continue
        cells = [sheet.cell(row, at) for row in header]
        flow = next((flow for cell in reversed(cells) if (flow := _flow(cell))), "") or _flow_within(text)
        is_growth = bool(_GROWTH.search(text))
        if not flow or (not is_growth and _is_of_year_before(where, at, text, head)):
            continue
        freq = "YTD" if _CUMULATED.search(text.replace("total", "")) else "M"
        key = (flow, freq, "growth" if is_growth else "value")
        if key in columns:
            raise FileRefused(
                "customs.same_columns", file=where, first=columns[key] + 1, second=at + 1, reading=" ".join(key)
            )
        columns[key] = at
    return columns


def _without_flows(text: str) -> str:
    """A header without names of flows, since the balance is one in this table."""
    return " ".join(word for word in text.split() if not _flow(word))


def _is_of_year_before(where: str, at: int, text: str, head: Head) -> bool:
    if head.year:
        check_years(where, at, text, head)
    return bool(_FORMER.search(text)) or bool(head.year and str(head.year - 1) in text)


def _periods(where: str, sheet: Sheet, start: int, label_at: int, head: Head) -> dict[int, Period]:
    """The periods by row.

    Raises:
        FileRefused: one is repeated, may be two months, or is a year of which the table covers some months only.
    """
    labels = {row: _FOOTNOTE.sub("", label) for row, label in _labels(sheet, start, label_at, head).items()}
    reader = PeriodReader(labels.values())
    dated = _period_reader(sheet, label_at, head)
    periods: dict[int, Period] = {}
    for row, label in labels.items():
        if _is_period(label, head, dated):
            try:
                periods[row] = reader.read(label)
            except NotAPeriod as reason:
                raise FileRefused(
                    "customs.bad_cell",
                    file=where,
                    row=row + 1,
                    column=label_at + 1,
                    given=shorten(label, 40),
                    reason=reason,
                ) from None
    first: dict[Period, int] = {}
    for row, period in periods.items():
        if period.freq == "A" and period.text == str(head.year) and head.month < 12:
            raise FileRefused("customs.part_year", file=where, row=row + 1, year=period.text, month=head.month)
        if (other := first.setdefault(period, row)) != row:
            raise FileRefused("customs.same_rows", file=where, first=other + 1, second=row + 1, code=period.text)
    return periods


def _labels(sheet: Sheet, start: int, label_at: int, head: Head) -> dict[int, str]:
    """The labels of periods by row, with the year added to months below a row with a year only."""
    labels, year = {}, ""
    for row in range(start, len(sheet.rows)):
        label = sheet.cell(row, label_at)
        alone = re.fullmatch(r"((?:19|20)\d\d)\s*年?", plain(label))
        if alone and not _has_figures(sheet, row, label_at):
            year = alone[1]
        elif label and year and re.fullmatch(r"\d{1,2}\s*月", plain(label)):
            labels[row] = f"{year}年{label}"
        elif label:
            labels[row] = _dated(label, head)
    return labels


def _flow_within(text: str) -> str:
    """The flow named among other words of a header cell: `1至当月累计 进口`."""
    return next((flow for word in reversed(text.split()) if (flow := _flow(word))), "")


def _dated(label: str, head: Head) -> str:
    """A label with the year of the title added to a month such as `8月`."""
    return f"{head.year}年{label}" if head.year and re.fullmatch(r"\d{1,2}\s*月", plain(label)) else label


def _period_reader(sheet: Sheet, at: int, head: Head) -> PeriodReader:
    """A reader for the periods in a column (from 0), whose cells together resolve ambiguous ones: `2026-01-01`."""
    cells = [_FOOTNOTE.sub("", sheet.cell(row, at)) for row in range(len(sheet.rows))]
    return PeriodReader([*(_dated(cell, head) for cell in cells if re.search(r"\d", cell)), "2000.10"])


def _is_period(cell: str, head: Head, reader: PeriodReader) -> bool:
    cell = _FOOTNOTE.sub("", cell)
    if not re.search(r"\d", cell):
        return False
    try:
        return reader.read(_dated(cell, head)).freq != "Q"
    except NotAPeriod:
        return False


def _figure(
    where: str, sheet: Sheet, row: int, at: int, period: Period, flow: str, growth: float | None
) -> Iterator[Figure]:
    value = _number(where, sheet, row, at, False)
    if value is None:
        return
    if value < 0 and flow != "balance":
        raise FileRefused(
            "customs.negative", file=where, row=row + 1, column=at + 1, given=shorten(sheet.cell(row, at), 40)
        )
    text = sheet.cell(row, at)
    yield Figure(period.freq, period.text, flow, text, value, half_width(text), growth, row + 1, at + 1)


def _number(where: str, sheet: Sheet, row: int, at: int, percent: bool) -> float | None:
    try:
        return parse(sheet.cell(row, at), percent=percent)
    except NotANumber as reason:
        raise bad_cell(where, row, at, sheet.cell(row, at), reason) from None


def _check_sums(where: str, figures: Sequence[Figure]) -> None:
    by_period: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in figures:
        by_period.setdefault((figure.freq, figure.period), {})[figure.flow] = figure
    for (freq, period), flows in by_period.items():
        for flow, month in flows.items() if freq == "M" else ():
            through = by_period.get(("YTD", period), {}).get(flow)
            if through and flow != "balance":
                check_month(where, month.row, period, month.cell, through.cell)
        for whole, sign, what in (("total", 1, "customs.exports_plus"), ("balance", -1, "customs.exports_less")):
            parts = [flows.get(flow) for flow in ("export", "import", whole)]
            if any(part is None for part in parts):
                continue
            exports, imports, printed = (part for part in parts if part is not None)
            computed = exports.value + sign * imports.value
            tolerance = 1.01 * (exports.half + imports.half + printed.half)
            if abs(computed - printed.value) > tolerance:
                raise FileRefused(
                    "customs.totals_sum",
                    file=where,
                    period=period,
                    freq=freq,
                    what=Message(what),
                    sum=computed,
                    row=printed.row,
                    printed=printed.value,
                    residual=computed - printed.value,
                )

"""Read the head of a customs table: kind of table, month, unit, day of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trade.errors import shorten
from trade.sources import money_units
from trade.sources.customs.partial_coverage import other_figures, part_in_words, part_of_trade
from trade.sources.money_units import Unit
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.text_folding import plain

_LINES = 12
"""Most rows of a head that are not empty."""
_HEAD_WITHIN = 40
"""Rows, from the first that is not empty, that are searched for the head."""
_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMERALS = {word: str(number) for number, word in enumerate([*"一二三四五六七八九十", "十一", "十二"], 1)}
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ], 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NO_RANGE = r"(?!\s*(?:-|至|到|to\b|through\b)\s*\d)"
_PERIODS = (
    re.compile(
        r"(?P<year>20\d\d|19\d\d)\s*年\s*(?:0?1\s*月?\s*(?:至|到|-)\s*(?:(?P=year)\s*年\s*)?|前)?"
        rf"(?P<month>1[0-2]|0?[1-9])\s*个?月{_NO_RANGE}"
    ),
    re.compile(
        rf"(?P<name>{_MONTH})\.?\s*,?\s*(?P<year>20\d\d|19\d\d)\b(?!\s*(?:-|to\b|through\b)\s*(?:{_MONTH}))",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<year>20\d\d|19\d\d)([-./])(?:0?1\s*(?:至|到|-|to)\s*(?:(?P=year)\2)?)?"
        rf"(?P<month>1[0-2]|0?[1-9])(?![-./\d]){_NO_RANGE}"
    ),
    re.compile(r"(?<!\d)(?P<year>20\d\d|19\d\d)(?P<month>0[1-9]|1[0-2])(?!\d)"),
    re.compile(rf"\b(?P<year>20\d\d|19\d\d)\s*,?\s*(?P<name>{_MONTH})\b(?!\s*-)", re.IGNORECASE),
)
_SPAN = re.compile(
    r"(?P<first>20\d\d)\s*[-年./]\s*(?P<from>1[0-2]|0?[1-9])\s*月?\s*(?:-|至|到|to)\s*(?P<last>20\d\d)\s*[-年./]\s*(?:1[0-2]|0?[1-9])(?!\d)"
    rf"|\b(?P<name>{_MONTH})\.?,?\s*(?P<since>20\d\d)\s*(?:-|to|through)\s*(?:{_MONTH})\.?,?\s*(?P<until>20\d\d)\b",
    re.IGNORECASE,
)
"""A span with a year at both ends, such as 2023.5 to 2024.4."""
_LATE_SPAN = re.compile(
    rf"\b(?!jan)(?:{_MONTH})\.?\s*(?:-|to|through|and|&)\s*(?:{_MONTH})\.?,?\s+(?:19|20)\d\d\b", re.IGNORECASE
)
"""A span within one year that does not start in January."""
_DAYS = re.compile(
    r"(?:发布|公布|更新|下载|打印|制表)(?:时间|日期|于)?\s*[::]?\s*20\d\d\s*[-年./]\s*\d{1,2}(?:\s*月)?"
    r"(?:\s*[-./]?\s*\d{1,2}\s*[日号]?)?"
    r"|20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]|20\d\d([-./])\d{1,2}\1\d{1,2}(?!\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH})\.?,?\s+20\d\d"
    rf"|\b(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+20\d\d"
    rf"|(?:released?|published|updated)(?:\s*(?:on|in|date))?\s*:?\s*(?:{_MONTH})\.?,?\s+20\d\d",
    re.IGNORECASE,
)
"""Dates with a day, or after words such as "published": never the period of a table."""
_ISSUED = re.compile(r"(20\d\d)\s*年\s*(1[0-2]|0?[1-9])\s*月\s*(3[01]|[12]\d|0?[1-9])\s*日\s*(?:发布|公布)")
_DATE = re.compile(
    r"(?:发布(?:时间|日期)|release[d]?(?:\s*date)?|published)?\s*[::]?\s*(20\d\d)[-/.年]\s*(1[0-2]|0?[1-9])[-/.月]\s*(3[01]|[12]\d|0?[1-9])\s*日?\s*(?:发布|公布)?",
    re.IGNORECASE,
)
_SHORT = 30
"""Most characters of a line next to the title that may limit the table to part of trade; longer ones are notes."""
_UNIT = re.compile(r"(?:单位|计价单位|unit)\s*[::∶]?\s*(.{1,60})", re.IGNORECASE)
_CURRENCY_ALONE = re.compile(r"\W*(?:人民币|rmb|cny|renminbi|usd)(?:人民币|rmb|cny|¥|\W)*")
"""A currency without a unit such as yuan or 元, so that the scale is unknown."""
_BESIDE_UNIT = re.compile(r"[%％±]|值|计价?|同比|增减|增长率?|growth|rate|:")
_AND = re.compile(r"[、;；/]|和|及|\band\b")
_BRACKETS = re.compile(r"[(（]([^()（）]{1,40})[)）]")
_BOTH = re.compile(r"进出口|imports? (?:and|&) exports?|exports? (?:and|&) imports?")
_QUANTITY_AND_VALUE = re.compile(r"量值|数量.{0,3}金额|quantit.{0,8} value")
BOTH_FLOWS = "both"
_OTHER_TABLES = re.compile(
    r"类章|hs section|commodit|商品构成|企业性质|enterprise|收发货人|境内目的地|location|关别|运输方式"
    r"|mode of transport|region of"
)


_CONTINUED = re.compile(r"[(（]?(?:续表?|continued|cont\.?)\s*\d*[)）]?|\s+", re.IGNORECASE)
_NOTE = re.compile(r"注|note|说明|备注|本表|\*|source|(?:资料|数据)来源|[上下]一篇")
_FIGURE = re.compile(r"[-+(−]?\d[\d,. ]*[)%％]?")


@dataclass(frozen=True)
class Head:
    """The head of a table. `kind`: partner, commodity, regime or total; `flow` of a commodity table, else empty.

    `year` and `month` are 0 for a table of totals whose rows are months.
    """

    kind: str
    flow: str
    title: str
    year: int
    month: int
    unit: Unit
    published: str
    """ISO date; empty if the file does not say."""
    left_out: str = ""
    """Currency of columns that are not read, in tables with yuan and dollars side by side."""

    @property
    def period(self) -> str:
        return f"{self.year}-{self.month:02d}"


def worded(text: str) -> str:
    """Normalize a text: no spaces within Chinese words, one kind of dash, years and months in digits."""
    bare = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", plain(text))
    bare = re.sub(r"[‐-―−~〜∼]", "-", bare)
    bare = re.sub(r"[一二][〇零○一二三四五六七八九]{3}(?=年)", lambda year: year[0].translate(_YEAR_DIGITS), bare)
    return re.sub(r"十[一二]|[一二三四五六七八九十](?=个?月|\s*[-至到].{1,3}月)", lambda word: _NUMERALS[word[0]], bare)


def head_rows(sheet: Sheet) -> list[list[str]]:
    """The first rows that are not empty: title, unit, header."""
    first = first_filled(sheet)
    return [row for row in sheet.rows[first : first + _HEAD_WITHIN] if any(row)][:_LINES]


def first_filled(sheet: Sheet) -> int:
    """The first row (from 0) that is not empty."""
    return next((at for at, row in enumerate(sheet.rows) if any(row)), 0)


def lists_of(sheet: Sheet) -> list[Sheet]:
    """The tables one below the other on a sheet, each with title and header; row numbers stay the same."""
    first = first_filled(sheet)
    starts = [first]
    title = ""
    for at in range(first, len(sheet.rows)):
        line = _title_in(sheet.rows[at])
        if line and not title:
            title = _CONTINUED.sub("", worded(line))
        elif line and _CONTINUED.sub("", worded(line)) != title and _has_header(sheet, at + 1):
            starts.append(at)
            title = _CONTINUED.sub("", worded(line))
    if len(starts) == 1:
        return [sheet]
    ends = [*starts[1:], len(sheet.rows)]
    return [
        replace(sheet, rows=[*([[]] * start), *sheet.rows[start:end]]) for start, end in zip(starts, ends, strict=True)
    ]


def _title_in(row: Sequence[str]) -> str:
    """The title of a table, if the row contains nothing else but perhaps the unit; else empty."""
    cells = list(dict.fromkeys(cell for cell in row if cell))
    if not cells or any(not _UNIT.match(plain(cell)) for cell in cells[1:]) or _NOTE.match(plain(cells[0])):
        return ""
    return cells[0] if any(find_kind(cells[0])) else ""


def _has_header(sheet: Sheet, start: int) -> bool:
    """Whether a row of column names comes before any figures."""
    for row in [row for row in sheet.rows[start : start + _LINES] if any(row)][:4]:
        cells = {cell for cell in row if cell}
        if len(cells) > 2:
            return sum(bool(_FIGURE.fullmatch(cell)) for cell in cells) < len(cells) / 2
    return False


def find_kind(text: str) -> tuple[str, str]:
    """(kind, flow) of a title; ("", "") if it is not the title of a table that can be read."""
    words = plain(text)
    if re.search(r"贸易方式|trade mode|customs regime|trade regime|trading form", words) and not re.search(
        r"企业性质|enterprise|量值|quantit", words
    ):
        return "regime", ""
    if re.search(r"国别|国家\(地区\)|country|countries", words) and not re.search(r"类章|hs section|commodit", words):
        return "partner", ""
    if re.search(r"主要商品|重点商品|major|main", words) and re.search(r"商品|export|import|commodit", words):
        bare = _BOTH.sub("", words)
        exports, imports = (bool(re.search(word, bare)) for word in ("出口|export", "进口|import"))
        if exports != imports:
            return "commodity", "export" if exports else "import"
        if _QUANTITY_AND_VALUE.search(words):
            return "commodity", BOTH_FLOWS
    if re.search(
        r"进出口(?:商品)?总值|total .*values?|total value|summary of imports and exports", words
    ) and _BOTH.search(words):
        return ("", "") if _OTHER_TABLES.search(words) else ("total", "")
    return "", ""


def read_head(
    name: str, where: str, sheet: Sheet, page: Sheet | None, unit: str = "", published: str = ""
) -> Head | None:
    """The head of the table on `sheet`; None if the sheet is no customs table that can be read.

    Args:
        name: of the file, used if the sheet lacks a title or month. where: place of the table, for messages.
        page: the text around the table.
        unit, published: as specified by the user, which overrides the file.

    Raises:
        FileRefused: it is one, but its month or unit is missing or ambiguous.
    """
    top = head_rows(sheet)
    lines = [" ".join(dict.fromkeys(cell for cell in row if cell)) for row in top]
    words = [cell for row in (page.rows if page else []) for cell in row]
    titles = [line for line in [*lines, sheet.name, *words[:5], name] if any(find_kind(line))]
    if not titles:
        return None
    title = titles[0]
    kind, flow = find_kind(title)
    if flow == BOTH_FLOWS:
        raise FileRefused("customs.both_flows", file=where, title=shorten(title, 80))
    single = [line for line, row in zip(lines, top, strict=True) if len({cell for cell in row if cell}) == 1]
    for line in [title, *(line for line in single[:4] if len(line) <= _SHORT)]:
        if part := part_of_trade(line) or ("" if line != title or title == name else part_in_words(title)):
            raise FileRefused("customs.part", file=where, title=shorten(title, 80), part=part)
        if other := other_figures(line):
            raise FileRefused("customs.other_figures", file=where, line=shorten(line, 80), other=other)
    _check_one_period(where, title)
    year, month = _period(where, [title, *lines[:4], sheet.name, *words[:5], name], needed=kind != "total")
    day = published or _published([*lines[:4], *words], f"{year}-{month:02d}")
    cells = [cell for row in top for cell in dict.fromkeys(row) if cell]
    around = [word for word in words if re.search(r"(?:单位|unit)\s*[::∶]", plain(word))]
    money, left_out = _unit(where, [unit] if unit else lines, cells, title, around)
    return Head(kind, flow, title, year, month, money, day, left_out)


def _check_one_period(where: str, title: str) -> None:
    """Check that the title names one period only.

    Raises:
        FileRefused: it names two months, or two years.
    """
    undated = _DAYS.sub(" ", worded(title))
    periods = [(match["year"], _month_of(match)) for pattern in _PERIODS for match in pattern.finditer(undated)]
    if others := [period for period in periods if period != periods[0]]:
        first, other = (f"{year}-{month:02d}" for year, month in (periods[0], others[0]))
        raise FileRefused("customs.two_periods", file=where, title=shorten(title, 80), first=first, other=other)


def _month_of(match: re.Match[str]) -> int:
    parts = match.groupdict()
    return int(parts["month"]) if parts.get("month") else _MONTHS[parts["name"].casefold()]


def _period(where: str, texts: list[str], needed: bool) -> tuple[int, int]:
    for text in texts:
        undated = _DAYS.sub(" ", worded(text))
        if ((span := _SPAN.search(undated)) and not _from_january(span)) or (span := _LATE_SPAN.search(undated)):
            raise FileRefused("customs.other_span", file=where, span=shorten(span[0], 40))
        for pattern in _PERIODS:
            if match := pattern.search(undated):
                return int(match["year"]), _month_of(match)
    if not needed:
        return 0, 0
    raise FileRefused("customs.no_month", file=where)


def _from_january(span: re.Match[str]) -> bool:
    first, last = span["first"] or span["since"], span["last"] or span["until"]
    return first == last and (int(span["from"]) if span["from"] else _MONTHS[span["name"].casefold()]) == 1


def _published(texts: list[str], period: str) -> str:
    """The day of publication: the first full date, alone in its cell, that is after the period; empty if none."""
    for text in texts:
        if match := _DATE.fullmatch(plain(text)) or _ISSUED.search(plain(text)):
            date = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
            if date[:7] > period or (date[:7] == period and period.endswith("-12")):
                return date
    return ""


def _units(lines: list[str], cells: list[str]) -> set[Unit]:
    """The units named by the lines or, if a line is ambiguous, by the cells or their parts; if there are none, by the
    words in brackets: `出口（亿元人民币）`.

    Raises:
        UnitUnclear: they are ambiguous.
    """
    for texts in (lines, cells, [part for cell in cells for part in _AND.split(cell)]):
        try:
            named = {parsed: text for text in texts if (parsed := read_unit(text)) is not None}
        except money_units.UnitUnclear as error:
            unclear = error
            continue
        sized = {unit for unit, text in named.items() if unit.power or not _names_no_scale(text)}
        if units := _with_scales(sized) or _in_brackets(cells):
            return units
        if named:
            raise money_units.UnitUnclear("unit.no_scale", text=shorten(next(iter(named.values())).strip(), 60))
        return set()
    raise unclear


def _with_scales(named: set[Unit]) -> set[Unit]:
    """Drop units without scale if the same currency has one: `美元` above columns of a table in 亿美元."""
    scaled = {unit.currency for unit in named if unit.power}
    return {unit for unit in named if unit.power or unit.currency not in scaled}


def _in_brackets(cells: list[str]) -> set[Unit]:
    read = [money_units.read(text, assumed="CNY") for cell in cells for text in _BRACKETS.findall(cell)]
    return {Unit(reading.currency, reading.power) for reading in read if reading.currency and reading.power is not None}


def _unit(where: str, lines: list[str], cells: list[str], title: str, around: list[str]) -> tuple[Unit, str]:
    """The unit of the table, and the currency of columns in another one (empty if there are none).

    Args:
        around: text around the table that names a unit, used if the table itself names none.
    """
    others = ""
    try:
        named = _units(lines, cells) or _units(around, around)
    except money_units.UnitUnclear as reason:
        raise FileRefused("customs.unit_unclear", file=where, reason=reason) from None
    in_title = {
        "USD"
        if re.search(r"美元|in usd", plain(title))
        else "CNY"
        if re.search(r"人民币|in cny|in rmb", plain(title))
        else ""
    } - {""}
    if len(named) > 1 and len({unit.currency for unit in named}) == len(named):
        currencies = in_title or {"CNY"}  # columns in yuan and in dollars side by side
        chosen = {unit for unit in named if unit.currency in currencies} or named
        others = ", ".join(sorted(unit.currency for unit in named - chosen))
        named = chosen
    if len(named) > 1:
        raise FileRefused("customs.several_units", file=where)
    if not named:
        raise FileRefused("customs.no_unit", file=where)
    unit = named.pop()
    if in_title and unit.currency not in in_title:
        raise FileRefused("customs.two_currencies", file=where, title=in_title.pop(), unit=unit.currency)
    if unit.currency not in ("CNY", "USD"):
        raise FileRefused("customs.other_currency", file=where, currency=unit.currency)
    return unit, others


def read_unit(line: str) -> Unit | None:
    """The unit in a line, after "Unit:" or 单位 or as the whole line; None if there is none.

    Raises:
        UnitUnclear: it is ambiguous.
    """
    words = plain(line)
    match = _UNIT.search(words)
    if match is None and (len(words) >= 40 or re.search(r"\d月|value|table|表|total|export|import", words)):
        return None
    reading = money_units.read(match[1] if match else words, assumed="CNY")
    return Unit(reading.currency, reading.power or 0) if reading.currency else None


def _names_no_scale(line: str) -> bool:
    """Whether a line names a currency without a unit: `单位：人民币` may be yuan or 100 million yuan."""
    words = plain(line)
    match = _UNIT.search(words)
    return bool(_CURRENCY_ALONE.fullmatch(_BESIDE_UNIT.sub("", match[1] if match else words)))

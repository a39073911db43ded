"""Parse periods as publishers print them: a year, a quarter, a month, or January to a month (YTD).

A column is read as a whole, because one cell is often ambiguous: `01/05/2024` is a day of January or of May, and
`2024-12-31` a year or a month. Cells that stay ambiguous are refused; a mapping file may declare the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from babel import Locale

from trade.errors import Message, TradeError, shorten
from trade.sources.text_folding import plain

FREQUENCIES = {
    "a": "A", "annual": "A", "annually": "A", "yearly": "A", "year": "A", "y": "A", "年": "A", "年度": "A",
    "q": "Q", "quarterly": "Q", "quarter": "Q", "季": "Q", "季度": "Q",
    "m": "M", "monthly": "M", "month": "M", "月": "M", "月度": "M",
    "ytd": "YTD", "cumulative": "YTD", "year to date": "YTD", "累计": "YTD", "年初累计": "YTD",
}  # fmt: skip
"""Frequency codes by the names that tables use."""
_LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "nl", "id")
_MANDARIN = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_TO = r"\s*(?:-|–|—|~|/|\.\.|to|through|thru|a|bis|至|到)\s*"
_YEAR = r"(?P<year>19\d\d|20\d\d)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_LEAD = r"(?:1|01|一)"
_SHORT_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
_ERAS = {"民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
"""By era: the year before its first year."""
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(\d{{1,3}}|元)\s?年")
_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "○": 0}
_YEAR_IN_WORDS = re.compile(rf"([{''.join(_DIGITS)}]{{4}})年")
_PARTS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_RAISED = re.compile(r"(?<=\S)[¹²³\u2070-\u2079\u2460-\u2473]+")
_REVISED = re.compile(r"(?<=[\d月])\s*(?:r|\((?:r|revised|修订|修正)\)|\[(?:r|revised)\])$")
_YTD = re.compile(r"\(?\s*(?:ytd|year[ -]to[ -]date|cumulative|累计(?:数|值)?)\s*\)?[:,]?")


class NotAPeriod(TradeError):
    """The text is not a supported period. The message gives the reason, perhaps a remedy, as the end of a sentence."""


@dataclass(frozen=True)
class Period:
    """`freq`: A, Q, M or YTD; `text`: 2024, 2024-Q2 or 2024-05, for YTD the last month."""

    freq: str
    text: str


@cache
def month_names() -> dict[str, int]:
    """Names and abbreviations of months in the languages of the usual publishers, and in Chinese."""
    numbers_of: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    numbers_of.setdefault(plain(name).rstrip("."), set()).add(number)
    numbers_of |= {"sept": {9}, "dez": {12}, "mrz": {3}}
    names = {name: numbers.pop() for name, numbers in numbers_of.items() if len(numbers) == 1 and name.isalpha()}
    return names | {f"{word}月": number for number, word in enumerate(_MANDARIN, 1)}


@cache
def _word() -> str:
    return "(?:" + "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True)) + r")\.?"


class PeriodReader:
    """Reads the cells of one column.

    Args:
        texts: the cells of the column, which together may resolve what is ambiguous in one of them.
        form: their format as in strptime (`%b-%y`), if the mapping file declares it.
        freq: A, Q, M or YTD if the table states it elsewhere: a period that contradicts it is refused.
    """

    def __init__(self, texts: Iterable[str], form: str = "", freq: str = "") -> None:
        self.form, self.freq = form, freq
        cells = {_folded(text) for text in texts if text.strip()}
        self._day_first = _order_of_dates(cells)
        self._fiscal = _are_year_pairs(cells)
        self._serials = bool(cells) and all(re.fullmatch(r"[2-5]\d{4}(?:\.0)?", cell) for cell in cells)
        days = map(_of_serial if self._serials else self._date, cells)
        self._dates = {day for day in days if day is not None}
        self._tenth = _dotted_tenth(cells)

    def read(self, text: str) -> Period:
        """The period of a cell.

        Raises:
            NotAPeriod: it is not a supported period, is ambiguous, or contradicts the frequency.
        """
        return self._checked(self._read(text))

    def _checked(self, period: Period) -> Period:
        if not self.freq or self.freq == period.freq:
            return period
        if self.freq == "YTD" and period.freq in ("M", "Q"):
            return _cumulated(period)
        if period == Period("YTD", f"{period.text[:4]}-03") and self.freq == "Q":
            return Period("Q", f"{period.text[:4]}-Q1")
        raise NotAPeriod("period_form.contradicts", period=_named(period), freq=self.freq)

    def _read(self, text: str) -> Period:
        cell = _in_our_years(_folded(text))
        if self.form:
            return self._declared(text)
        cumulative = bool(_YTD.search(cell))
        cell = _YTD.sub(" ", cell).strip(" ,:")
        if self._serials:
            return self._of_date(_of_serial(cell))
        period = (
            _span(cell) or _year(cell) or _quarter(cell) or self._month(cell) or self._of_text_date(cell) or _half(cell)
        )
        if period is None:
            raise _why(cell)
        if cumulative and period.freq in ("M", "Q"):
            return _cumulated(period)
        if cumulative and period.freq == "A":
            raise NotAPeriod("period_form.no_last_month")
        return period

    def _declared(self, text: str) -> Period:
        try:
            moment = datetime.strptime(text.strip(), self.form)
        except ValueError:
            raise NotAPeriod("period_form.not_form", form=shorten(self.form)) from None
        if not re.search(r"%[bBmdjcxDF]", self.form):
            return Period("A", f"{moment.year}")
        return self._of_date(moment.date()) if re.search(r"%[dj]", self.form) else _of_month(moment.year, moment.month)

    def _month(self, cell: str) -> Period | None:
        if match := re.fullmatch(rf"{_YEAR}\s?[-/. :]?\s?m\s?{_MONTH}", cell):
            return _of_month(int(match["year"]), int(match["month"]))
        if match := re.fullmatch(rf"m\s?{_MONTH}\s?[-/. ]?\s?{_YEAR}", cell):
            return _of_month(int(match["year"]), int(match["month"]))
        if match := re.fullmatch(rf"{_YEAR}[ :](?P<month>0[1-9]|1[0-2])", cell):
            return _of_month(int(match["year"]), int(match["month"]))
        if match := re.fullmatch(rf"{_YEAR}\s*年\s*{_MONTH}\s*月?份?", cell):
            return _of_month(int(match["year"]), int(match["month"]))
        if match := re.fullmatch(rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d\d?)", cell):
            return self._marked(match)
        if match := re.fullmatch(rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?:\.0)?", cell):
            return _of_month(int(match["year"]), int(match["month"]))
        if match := re.fullmatch(rf"{_MONTH}\s?[-/.]\s?{_YEAR}", cell):
            return _of_month(int(match["year"]), int(match["month"]))
        return _in_words(cell)

    def _marked(self, match: re.Match[str]) -> Period:
        """The month of 2024-05, 2024/5 or 2024.05. 2013-14 is two years; 2024.1 may be 2024.10 in a workbook."""
        if self._fiscal:
            raise NotAPeriod("period_form.split_years")
        year, month = int(match["year"]), int(match["month"])
        if not 1 <= month <= 12:
            raise NotAPeriod("period_form.neither")
        if match["mark"] == "." and match["month"] == "1":
            if not self._tenth:
                raise NotAPeriod("period_form.january_or_october")
            month = self._tenth
        return _of_month(year, month)

    def _of_text_date(self, cell: str) -> Period | None:
        day = self._date(cell)
        if day is not None:
            return self._of_date(day)
        if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", cell):
            raise NotAPeriod("period_form.day_or_month")
        return None

    def _date(self, cell: str) -> date | None:
        match = re.fullmatch(
            r"((?:19|20)\d\d)([-/.]?)(\d\d?)\2(\d\d?)(?:[t ]\d\d?:\d\d(?::\d\d(?:\.0+)?)?z?)?", cell
        ) or re.fullmatch(r"((?:19|20)\d\d)()年(\d\d?)月(\d\d?)日", cell)
        if match and (match[2] or len(cell) >= 8):
            return _day(int(match[1]), int(match[3]), int(match[4]))
        match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)", cell)
        if match and self._day_first is not None:
            first, second = int(match[1]), int(match[2])
            return _day(int(match[3]), second, first) if self._day_first else _day(int(match[3]), first, second)
        words = re.fullmatch(rf"(\d\d?)[-/. ]({_word()})[-/. ,]*((?:19|20)\d\d)", cell) or None
        if words:
            return _day(int(words[3]), month_names()[words[2].rstrip(".")], int(words[1]))
        words = re.fullmatch(rf"({_word()})[-/. ]+(\d\d?),?\s+((?:19|20)\d\d)", cell)
        return _day(int(words[3]), month_names()[words[1].rstrip(".")], int(words[2])) if words else None

    def _of_date(self, day: date) -> Period:
        """The month of a date, unless all dates of the column are the first or last day of a year (ambiguous)."""
        if self.freq == "A":
            if (day.month, day.day) in ((1, 1), (12, 31)):
                return Period("A", f"{day.year}")
            raise NotAPeriod("period_form.day_within_year")
        dates = self._dates or {day}
        if self.freq == "Q":
            return _quarter_of(dates, day)
        ends = all((each.month, each.day) == (12, 31) for each in dates)
        begins = all((each.month, each.day) == (1, 1) for each in dates)
        if not self.freq and (ends or begins):
            raise NotAPeriod("period_form.year_end")
        return _of_month(day.year, day.month)


def _folded(text: str) -> str:
    """A cell for comparison, without a mark that it is revised. A raised digit stays a mark: `2024¹` is not 20241."""
    return _REVISED.sub("", plain(_RAISED.sub("*", text)))


def _of_serial(cell: str) -> date:
    """The date of a workbook's serial number."""
    return date(1899, 12, 30) + timedelta(days=int(float(cell)))


def _cumulated(period: Period) -> Period:
    """January to the end of a month or quarter."""
    if period.freq == "M":
        return Period("YTD", period.text)
    return _from_january(int(period.text[:4]), 3 * int(period.text[-1]))


def _quarter_of(dates: set[date], day: date) -> Period:
    """The quarter of a date. All dates must be the first or last day of a quarter, or the first of its last month.

    Raises:
        NotAPeriod: they are not.
    """
    begins = all(each.month % 3 == 1 and each.day == 1 for each in dates)
    ends = all(each.month % 3 == 0 and (each + timedelta(days=1)).day == 1 for each in dates)
    if not begins and not ends and not all(each.month % 3 == 0 and each.day == 1 for each in dates):
        raise NotAPeriod("period_form.no_quarter_end")
    return Period("Q", f"{day.year}-Q{(day.month + 2) // 3}")


def _of_month(year: int, month: int) -> Period:
    return Period("M", f"{year}-{month:02d}")


def _named(period: Period) -> Message:
    key = {"A": "period_form.year", "Q": "period_form.quarter", "M": "period_form.month", "YTD": "period_form.through"}[
        period.freq
    ]
    return Message(key, period=period.text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(cell: str) -> Period | None:
    match = re.fullmatch(rf"(?:cy\s?)?{_YEAR}(?:\.0)?\s*(?:年(?:全年|度)?)?", cell)
    match = match or re.fullmatch(rf"{_YEAR}\s?-?a1?", cell)
    return Period("A", match["year"]) if match else None


def _in_our_years(cell: str) -> str:
    """A cell with the year of an era (民国113年, 令和6年) or in numerals (二〇二四年) as a Gregorian year in digits."""
    if match := _ERA.match(cell):
        year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        return f"{year}年{cell[match.end() :]}"
    if match := _YEAR_IN_WORDS.match(cell):
        return "".join(str(_DIGITS[sign]) for sign in match[1]) + cell[match.end() - 1 :]
    return cell


_QUARTERS = (
    re.compile(rf"{_YEAR}\s*[-/.: ]?\s*(?:q|t|qtr|quarter)\s?(?P<part>[1-4])"),
    re.compile(rf"(?:q|t|qtr|quarter)\s?(?P<part>[1-4])\s*[-/., ]?\s*(?:of\s)?(?P<year>{_SHORT_YEAR})"),
    re.compile(rf"(?P<part>[1-4])\s?q\s*[-/. ]?\s*(?P<year>{_SHORT_YEAR})"),
    re.compile(rf"(?P<part>first|second|third|fourth|[1-4](?:st|nd|rd|th|\.))\s(?:quarter|quartal)\s(?:of\s)?{_YEAR}"),
    re.compile(rf"{_YEAR}\s*年?\s*第?(?P<part>[一二三四1-4])\s*季度?"),
    re.compile(rf"第?(?P<part>[一二三四1-4])\s*季度?\s*{_YEAR}\s*年?"),
)
_FIRST_QUARTERS = (
    re.compile(rf"{_YEAR}\s*年?\s*(?:前|第?[1一]\s*(?:-|—|–|~|至|到)\s*第?)(?P<part>[二三四2-4])个?季度"),
    re.compile(rf"{_YEAR}\s*[-/.: ]?\s*q1\s*(?:-|–|—|to)\s*q(?P<part>[2-4])"),
    re.compile(rf"q1\s*(?:-|–|—|to)\s*q(?P<part>[2-4])\s*[-/., ]?\s*{_YEAR}"),
)
_HALVES = (
    re.compile(rf"{_YEAR}\s*[-/.: ]?\s*(?:h|s)\s?(?P<part>[12])"),
    re.compile(rf"(?:h|s)\s?(?P<part>[12])\s*[-/., ]?\s*(?P<year>{_SHORT_YEAR})"),
    re.compile(rf"(?P<part>[12])\s?h\s*[-/. ]?\s*(?P<year>{_SHORT_YEAR})"),
    re.compile(rf"(?P<part>first|second)\shalf\s(?:of\s)?{_YEAR}"),
    re.compile(rf"{_YEAR}\s*年?\s*(?P<part>[上下])半年"),
)


def _matched(patterns: Iterable[re.Pattern[str]], cell: str) -> tuple[int, int] | None:
    """Year and number of the quarter or half year, by the first pattern that matches."""
    for pattern in patterns:
        if match := pattern.fullmatch(cell):
            part = match["part"]
            number = _PARTS.get(part) or (int(part[0]) if part[0].isdigit() else "上下".find(part) + 1)
            return _full_year(match["year"]), number
    return None


def _full_year(text: str) -> int:
    """`24` and `'24` are 2024, `98` is 1998."""
    number = int(text.lstrip("'"))
    return number if number > 99 else number + (2000 if number < 50 else 1900)


def _quarter(cell: str) -> Period | None:
    if part := _matched(_FIRST_QUARTERS, cell):
        return _from_january(part[0], 3 * part[1])
    part = _matched(_QUARTERS, cell)
    return Period("Q", f"{part[0]}-Q{part[1]}") if part else None


def _half(cell: str) -> Period | None:
    part = _matched(_HALVES, cell)
    if part is None:
        return None
    if part[1] == 2:
        raise NotAPeriod("period_form.second_half")
    return _from_january(part[0], 6)


def _from_january(year: int, last: int) -> Period:
    return Period("A", f"{year}") if last == 12 else Period("YTD", f"{year}-{last:02d}")


_FIRST_MONTHS = re.compile(
    rf"{_YEAR}\s*年?\s*前\s*(?P<last>1[0-2]|[1-9]|{'|'.join(sorted(_MANDARIN, key=len, reverse=True))})\s*个?月"
)


def _span(cell: str) -> Period | None:
    """The period of a range: a calendar year, or January to a month. None if the cell is not a range.

    Raises:
        NotAPeriod: the range is another one.
    """
    if re.fullmatch(r"(?:(?:19|20)\d\d([-/.])\d\d?\1\d\d?|\d\d?([-/.])\d\d?\2(?:19|20)\d\d)", cell):
        return None  # a date
    if match := _FIRST_MONTHS.fullmatch(cell):
        last = _number(match["last"]) or _MANDARIN.index(match["last"]) + 1
        return _from_january(int(match["year"]), last)
    for pattern in _spans():
        match = pattern.fullmatch(cell)
        if match:
            parts = match.groupdict()
            year = _full_year(parts["year"])
            other = _full_year(parts.get("other") or parts["year"])
            first, last = _number(parts["first"]), _number(parts["last"])
            if year == other and first == 1 and last >= 1:
                return _from_january(year, last)
            raise NotAPeriod("period_form.other_span")
    return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else month_names().get(text.rstrip("."), 0)


@cache
def _spans() -> list[re.Pattern[str]]:
    month = r"(?:1[0-2]|0?[1-9])"
    dated = rf"(?P<{{}}>(?:19|20)\d\d)\s?[-/.年]?\s?m?(?P<{{}}>{month})\s?月?"
    first, last = dated.format("year", "first"), dated.format("other", "last")
    word = _word()
    return [
        re.compile(rf"{first}{_TO}{last}"),
        re.compile(
            rf"(?P<year>(?:19|20)\d\d)\s?[-/.年 ]\s?m?(?P<first>{month})\s?月?{_TO}m?(?P<last>{month})\s?月?份?"
        ),
        re.compile(
            rf"(?P<first>{month})\s?月?{_TO}(?P<last>{month})\s?月?份?\s?[-/., ]?\s?(?P<year>(?:19|20)\d\d)\s?年?"
        ),
        re.compile(rf"(?P<first>{word}){_TO}(?P<last>{word})[-/., ]*(?P<year>(?:19|20)\d\d)"),
        re.compile(rf"(?P<year>(?:19|20)\d\d)[-/., ]*(?P<first>{word}){_TO}(?P<last>{word})"),
        re.compile(
            rf"(?P<first>{word})[-/., ]*(?P<year>{_SHORT_YEAR}){_TO}(?P<last>{word})[-/., ]*(?P<other>{_SHORT_YEAR})"
        ),
        re.compile(rf"(?P<first>{month})[/.](?P<year>(?:19|20)\d\d){_TO}(?P<last>{month})[/.](?P<other>(?:19|20)\d\d)"),
    ]


def _in_words(cell: str) -> Period | None:
    word = _word()
    match = re.fullmatch(rf"({word})[-/., ]*((?:19|20)\d\d|'?\d\d)", cell) or re.fullmatch(
        rf"((?:19|20)\d\d)[-/., 年]*({word})", cell
    )
    if match is None:
        return None
    name, year = (match[1], match[2]) if match[2].lstrip("'").isdigit() else (match[2], match[1])
    return _of_month(_full_year(year), month_names()[name.rstrip(".")])


def _why(cell: str) -> NotAPeriod:
    """The error for a text that is not a period, with the specific reason in common cases."""
    if not cell:
        return NotAPeriod("period_form.none")
    if re.search(r"\bfy|fiscal|财年|财政年度", cell):
        return NotAPeriod("period_form.fiscal")
    if re.fullmatch(r"(?:19|20)\d\d\s*[-/–—]\s*(?:(?:19|20)\d\d|\d\d)", cell):
        return NotAPeriod("period_form.years")
    if re.search(r"month(?:s|ly)? (?:ending|ended|average)|moving|12m|ltm|rolling", cell):
        return NotAPeriod("period_form.moving")
    if re.fullmatch(rf"\d\d?[-/. ]{_word()}", cell):
        return NotAPeriod("period_form.day_or_year")
    if re.match(_YEAR, cell) and re.search(r"[a-z*†‡()\[\]¹²³]", cell):
        return NotAPeriod("period_form.marked")
    return NotAPeriod("period_form.unknown")


def _order_of_dates(cells: set[str]) -> bool | None:
    """Whether the day comes first in dates such as 31/05/2024; None if the column does not show it."""
    pairs = [
        (int(match[1]), int(match[2]))
        for cell in cells
        if (match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:19|20)\d\d", cell))
    ]
    if not pairs:
        return None
    firsts, seconds = {first for first, _ in pairs}, {second for _, second in pairs}
    by_day = max(seconds) <= 12 and (max(firsts) > 12 or (firsts == {1} and len(seconds) > 1))
    by_month = max(firsts) <= 12 and (max(seconds) > 12 or (seconds == {1} and len(firsts) > 1))
    return by_day if by_day != by_month else None


def _are_year_pairs(cells: set[str]) -> bool:
    """Whether 2010-11 and 2011-12 in a column are split years rather than months."""
    pairs = [(int(cell[:4]), int(cell[5:])) for cell in cells if re.fullmatch(r"(?:19|20)\d\d[-/]\d\d", cell)]
    if not pairs or any((first + 1) % 100 != second for first, second in pairs):
        return False
    return len(pairs) > 1 or pairs[0][1] > 12


def _dotted_tenth(cells: set[str]) -> int:
    """The month of `2024.1` in this column: 10 if it also has 2024.01, 1 if it has 2024.10, 0 if unclear."""
    months = [cell[5:] for cell in cells if re.fullmatch(r"(?:19|20)\d\d\.\d\d?", cell)]
    if any(month.startswith("0") for month in months):
        return 10
    return 1 if "10" in months else 0

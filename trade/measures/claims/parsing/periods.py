"""Find periods in a sentence, English and Chinese: years, quarters, halves, months, spans, and `last year` etc."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from text_to_num import text2num

from trade.measures.claims.parsing.numbers import chinese_number, forms_for

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_FULL_NAMES = "|".join(name for name in _NAMES.split("|") if name not in ("may", "mar", "march"))
"""Names of months; `may` and `march` are months only with a capital."""
_Y = r"(?:19[4-9]|20[0-4])\d"
_YY = r"(?:20)?[0-4]\d"
"""A year as headlines shorten it: `3Q25`."""
_NO_NUMBER = r"(?!\s*(?:%|per ?cent|pct|percentage|pp\b|points?\b|[bmt]n\b|billion|million|trillion|[.,]\d))"
_NO_BASE = r"(?=[ilt上去])(?<![比较])(?<!from )(?<!than )(?<!than in )(?<!\bon )(?<!with )(?<!over )"
"""Not `than last month`: that says what something is compared with."""
_COUNT = r"two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2}"
_ZH_MONTH = r"1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九]"


@dataclass(frozen=True)
class Clock:
    """The newest month of the store's totals, which decides what `last year` and `July` mean."""

    year: int
    month: int


@dataclass(frozen=True)
class Period:
    """A period as written. `freq`: A, YTD (January to `code`), M, Q, H (a half), S (other months together: the last one
    and how many). `role`: now, since (the base year), span end.

    `assumed` is what the words leave open: `year` for a month without a year, `now` for `last year`.
    """

    start: int
    end: int
    freq: str
    code: str
    role: str = "now"
    assumed: str = ""


def year_before(period: str, years: int = 1) -> str:
    """The same period `years` years earlier.

    >>> year_before("2025-07"), year_before("2025", 5), year_before("2025-Q3")
    ('2024-07', '2020', '2024-Q3')
    """
    return f"{int(period[:4]) - years}{period[4:]}"


def month_before(period: str) -> str:
    """The month before.

    >>> month_before("2026-01"), month_before("2026-07")
    ('2025-12', '2026-06')
    """
    year, month = int(period[:4]), int(period[5:7])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"


def periods(text: str, clock: Clock) -> Iterator[Period]:
    """Every period of the text from left to right, without overlaps."""
    spans: list[tuple[int, int]] = []
    recognised: list[Period] = []
    for pattern, make in forms_for(text, _FORMS):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in spans):
                continue
            parsed = make(match, clock)
            if parsed:
                spans.append(match.span())
                recognised += parsed
    return iter(sorted(recognised, key=lambda period: period.start))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _number(word: str) -> int:
    return int(word) if word.isdigit() else int(text2num(word.lower(), "en"))


def _year(match: re.Match[str], clock: Clock) -> tuple[int, str]:
    """The year of a match and what was assumed for it: the given one, `last year`, or the newest possible."""
    parts = match.groupdict()
    if parts.get("year"):
        year = int(parts["year"])
        return year + (2000 if year < 100 else 0), ""
    word = parts.get("rel") or ""
    if word:
        return clock.year - (1 if _is_last(word) else 0), "now"
    return clock.year, "year"


def _is_last(word: str) -> bool:
    return word.lower() in ("last year", "the previous year", "last year's", "去年", "上年", "last")


def _of(match: re.Match[str], freq: str, code: str, assumed: str, role: str = "now") -> list[Period]:
    return [Period(match.start(), match.end(), freq, code, role, assumed)]


def _months_to(match: re.Match[str], clock: Clock) -> list[Period]:
    """January to a month: `January-July 2026`, `first seven months`."""
    year, assumed = _year(match, clock)
    parts = match.groupdict()
    if parts.get("count"):
        month = chinese_number(parts["count"]) if not parts["count"].isascii() else _number(parts["count"])
    else:
        month = _month(parts["month"])
    if not 1 <= month <= 12:
        return []
    if assumed == "year" and month > clock.month:
        year -= 1
    return _of(match, "A", str(year), assumed) if month == 12 else _of(match, "YTD", f"{year}-{month:02d}", assumed)


def _months_ending(match: re.Match[str], clock: Clock) -> list[Period]:
    """`the three months to June`, 4—6月: the year so far, a quarter, a half, a year; else some months together."""
    parts = match.groupdict()
    name = parts["month"]
    last = _month(name) if name.isascii() and not name.isdigit() else chinese_number(name)
    if parts.get("count"):
        count = _number(parts["count"])
    else:
        first = parts["first"]
        count = last + 1 - (_month(first) if first.isascii() and not first.isdigit() else chinese_number(first))
    if not (1 <= last <= 12 and 1 <= count <= 24):
        return []
    year, assumed = _year(match, clock)
    if assumed == "year" and last > clock.month:
        year -= 1
    if count == 1:
        return _of(match, "M", f"{year}-{last:02d}", assumed)
    if count == last:
        return _of(match, "A", str(year), assumed) if last == 12 else _of(match, "YTD", f"{year}-{last:02d}", assumed)
    if count == 3 and last % 3 == 0:
        return _of(match, "Q", f"{year}-Q{last // 3}", assumed)
    if (count, last) == (6, 12):
        return _of(match, "H", f"{year}-H2", assumed)
    return _of(match, "S", f"{year}-{last:02d}/{count}", assumed)


def _one_month(match: re.Match[str], clock: Clock) -> list[Period]:
    name = match["month"]
    month = _month(name) if name.isascii() and not name.isdigit() else chinese_number(name)
    if not 1 <= month <= 12:
        return []
    year, assumed = _year(match, clock)
    if assumed == "year" and month > clock.month:
        year -= 1
    return _of(match, "M", f"{year}-{month:02d}", assumed)


def _half(match: re.Match[str], clock: Clock) -> list[Period]:
    year, assumed = _year(match, clock)
    which = match["half"].lower()
    if which in ("second", "2", "latter", "下"):
        return _of(match, "H", f"{year}-H2", assumed)
    return _of(match, "YTD", f"{year}-06", assumed)


def _months_of(match: re.Match[str], clock: Clock) -> list[Period]:  # noqa: ARG001
    """`9M25`: January to September."""
    year, month = 2000 + int(match["year"]) % 100, int(match["count"])
    return _of(match, "A", str(year), "") if month == 12 else _of(match, "YTD", f"{year}-{month:02d}", "")


def _quarters(match: re.Match[str], clock: Clock) -> list[Period]:
    year, assumed = _year(match, clock)
    if assumed == "year" and clock.month < 9:
        year -= 1
    return _of(match, "YTD", f"{year}-09", assumed)


def _quarter(match: re.Match[str], clock: Clock) -> list[Period]:
    word = match["quarter"].lower()
    quarter = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "final": 4,
        "last": 4,
        "一": 1,
        "首": 1,
        "二": 2,
        "三": 3,
        "四": 4,
    }.get(word) or int(word)
    year, assumed = _year(match, clock)
    if assumed == "year" and quarter * 3 > clock.month:
        year -= 1
    code = f"{year}-03" if quarter == 1 else f"{year}-Q{quarter}"
    return _of(match, "YTD" if quarter == 1 else "Q", code, assumed)


def _span(match: re.Match[str], clock: Clock) -> list[Period]:  # noqa: ARG001 - every form is called alike
    """`from 2020 to 2025`: the end is the period, the start its base."""
    first, last = match["first"], match["last"]
    return [
        Period(match.start(), match.end(), "A", last),
        Period(match.start(), match.end(), "A", first, "base"),
    ]  # fmt: skip


def _since(match: re.Match[str], clock: Clock) -> list[Period]:  # noqa: ARG001
    return _of(match, "A", match["year"], "", "base")


def _base(match: re.Match[str], clock: Clock) -> list[Period]:  # noqa: ARG001
    return _of(match, "A", match["year"] or match["y2"], "", "base")


def _plain_year(match: re.Match[str], clock: Clock) -> list[Period]:
    year, assumed = _year(match, clock)
    return _of(match, "A", str(year), assumed)


def _newest_to_date(match: re.Match[str], clock: Clock) -> list[Period]:
    return _of(match, "YTD", f"{clock.year}-{clock.month:02d}", "now")


def _last_month(match: re.Match[str], clock: Clock) -> list[Period]:
    return _of(match, "M", f"{clock.year}-{clock.month:02d}", "now")


def _year_and_month(match: re.Match[str], clock: Clock) -> list[Period]:
    """`2026-07`, `2026/07`, `07/2026`, `Jul-26`."""
    year, _ = _year(match, clock)
    name = match["month"]
    return _of(match, "M", f"{year}-{int(name) if name.isdigit() else _month(name):02d}", "")


def _last_quarter(match: re.Match[str], clock: Clock) -> list[Period]:
    """The newest complete quarter."""
    year, quarter = (clock.year, clock.month // 3) if clock.month >= 3 else (clock.year - 1, 4)
    return _of(match, "YTD", f"{year}-03", "now") if quarter == 1 else _of(match, "Q", f"{year}-Q{quarter}", "now")


def _two_years_ago(match: re.Match[str], clock: Clock) -> list[Period]:
    return _of(match, "A", str(clock.year - 2), "now")


def _quarter_named(match: re.Match[str], clock: Clock) -> list[Period]:
    """`the June quarter of 2026`: the quarter that ends with the month."""
    year, assumed = _year(match, clock)
    month = _month(match["month"])
    if assumed == "year" and month > clock.month:
        year -= 1
    code = f"{year}-03" if month == 3 else f"{year}-Q{month // 3}"
    return _of(match, "YTD" if month == 3 else "Q", code, assumed)


_OF = rf"(?:,? ?(?:of |in )?(?P<year>{_Y})|,? (?:of )?(?P<rel>last year|this year))"
_ZH_YEAR = rf"(?:(?<![\d.])(?P<year>{_Y})年?|(?P<rel>去年|今年|上年))?(?:的)?"
_Form = tuple[str, Callable[[re.Match[str], Clock], list[Period]]]
_PATTERNS: tuple[_Form, ...] = (
    (rf"\b(?:from|between) (?P<first>{_Y}) (?:to|and|through|until) (?P<last>{_Y})\b", _span),
    (rf"\b(?:of|in|over|during) (?P<first>{_Y}) (?:to|through) (?P<last>{_Y})\b", _span),
    (rf"\b(?P<first>{_Y})[-–](?P<last>{_Y})\b", _span),
    (rf"(?:从|自)?(?P<first>{_Y})年?(?:到|至|-|—|–)(?P<last>{_Y})年", _span),
    (
        rf"\b(?:(?:from|between|in|for) )?jan(?:uary|\.)? ?(?:to|through|and|until|[-–—]) ?"
        rf"(?P<month>{_NAMES})\.?{_OF}?\b",
        _months_to,
    ),
    (rf"\b(?P<year>{_Y}) jan(?:uary)?[-–](?P<month>{_NAMES})\b", _months_to),
    (
        rf"\b(?:(?:from|in) )?(?P<first>{_NAMES})\.? ?(?:to|through|[-–—]) ?(?P<month>{_NAMES})\.?{_OF}?\b",
        _months_ending,
    ),
    (
        rf"\b(?:(?:in|over|during|for) )?(?:the )?(?:last |past )?(?P<count>{_COUNT}|twelve) months "
        rf"(?:to|through|until|ended|ending)(?: in)? (?P<month>{_NAMES})\.?{_OF}?\b",
        _months_ending,
    ),
    (rf"\bthrough (?P<month>{_NAMES})\.?{_OF}\b", _months_to),
    (rf"\bas of (?P<month>{_NAMES})\.?{_OF}?\b", _months_to),
    (rf"\b(?:the )?first (?P<count>{_COUNT}) months{_OF}?\b", _months_to),
    (rf"\b(?:the )?first three quarters{_OF}?\b", _quarters),
    (rf"\b(?:the )?(?P<half>first|second|latter)[ -]half{_OF}?\b", _half),
    (rf"\bh(?P<half>[12])(?: |-|/| ?')?(?P<year>{_YY})\b{_NO_NUMBER}", _half),
    (rf"\b(?P<half>[12])h ?'?(?P<year>{_YY})\b{_NO_NUMBER}", _half),
    (rf"\b(?P<count>[2-9]|1[0-2])m ?'?(?P<year>{_YY})\b{_NO_NUMBER}", _months_of),
    (rf"\bq(?P<quarter>[1-4])(?: |-|/| ?')?(?P<year>{_YY})\b{_NO_NUMBER}", _quarter),
    (rf"\b(?P<quarter>[1-4])q ?'?(?P<year>{_YY})\b{_NO_NUMBER}", _quarter),
    (rf"\b(?:the )?(?P<month>march|june|september|december)[ -]quarter{_OF}?\b", _quarter_named),
    (rf"{_NO_BASE}(?:\b(?:the )?last quarter\b|上个?季度)", _last_quarter),
    (rf"\bh(?P<half>[12]) (?P<year>{_Y})\b|\bthe first six months (?:of )?(?P<y2>{_Y})", _half),
    (rf"(?<!\d)(?P<year>{_Y})年? ?h(?P<half>[12])(?![a-z0-9])", _half),
    (rf"\b(?:the )?(?P<quarter>first|second|third|fourth|final)[ -]quarter{_OF}?\b", _quarter),
    (rf"\bq(?P<quarter>[1-4]){_OF}?(?![a-z0-9])", _quarter),
    (rf"(?<!\d)(?P<year>{_Y})年? ?q(?P<quarter>[1-4])(?![a-z0-9])", _quarter),
    (r"\bh(?P<half>[12])\b", _half),
    (rf"{_ZH_YEAR}(?:前|头)三季度", _quarters),
    (rf"{_ZH_YEAR}(?P<half>上|下)半年", _half),
    (rf"{_ZH_YEAR}第?(?P<quarter>[一二三四1-4])季度", _quarter),
    (rf"{_ZH_YEAR}(?P<quarter>首)季度?", _quarter),
    (rf"{_ZH_YEAR}(?:前|头|首)(?P<count>\d{{1,2}}|[一二两三四五六七八九十]+)个?月", _months_to),
    (rf"{_ZH_YEAR}(?:1|一)月?(?:-|–|—|至|到|~)(?P<count>1[0-2]|[2-9])月", _months_to),
    (
        rf"{_ZH_YEAR}(?P<first>{_ZH_MONTH})月?(?:-|–|—|至|到|~)(?P<month>{_ZH_MONTH})月",
        _months_ending,
    ),
    (rf"{_ZH_YEAR}(?P<month>{_ZH_MONTH})月份?(?!均)", _one_month),
    (rf"\b(?P<month>{_NAMES})\.?{_OF}(?:'s)?\b", _one_month),
    (rf"\b(?P<year>{_Y})[-/](?P<month>0[1-9]|1[0-2])\b(?![-/])", _year_and_month),
    (rf"(?<![/\d])(?P<month>0?[1-9]|1[0-2])/(?P<year>{_Y})\b", _year_and_month),
    (rf"\b(?P<month>{_NAMES})(?:-| ?')(?P<year>[0-4]\d)\b", _year_and_month),
    (rf"\bfy ?'?(?P<year>{_YY})\b", _plain_year),
    (r"(?:(?<=\bin )|(?<=\bduring ))'(?P<year>[0-4]\d)\b", _plain_year),
    (r"\btwo years ago\b|前年", _two_years_ago),
    (
        r"\b(?:since|compared (?:with|to)|relative to|from its level in|from the level of|from|over|versus|vs\.?"
        rf"|against) (?P<year>{_Y})\b(?! levels?\b)(?! to\b)",
        _since,
    ),
    (rf"\bthan in (?P<year>{_Y})\b|\bon (?P<y2>{_Y})\b", lambda match, clock: _than(match, clock)),
    (rf"自?(?P<year>{_Y})年以来", _since),
    (rf"(?:比|较)(?P<year>{_Y})年|(?:与|和|同)(?P<y2>{_Y})年(?:同期|水平)?相比", _base),
    (
        r"\b(?:this year so far|so far this year|so far|year[ -]to[ -]date|to date this year)\b|今年以来",
        _newest_to_date,
    ),
    (rf"{_NO_BASE}(?:\b(?:last month|the latest month|in the latest month)(?:'s)?\b|上月|上个月)", _last_month),
    (
        rf"{_NO_BASE}(?:\b(?P<rel>last year)(?:'s)?\b|(?P<rel3>去年|上年)(?:全年)?)|"
        r"\b(?P<rel2>this year)(?:'s)?\b|(?P<rel4>今年)",
        lambda match, clock: _relative(match, clock),
    ),
    (rf"(?P<year>{_Y})年(?:全年|度)?", _plain_year),
    (
        rf"(?<![$¥\d.,])\b(?P<year>{_Y})(?:'s)?\b"
        r"(?!\s*(?:%|per ?cent|billion|trillion|million|bn|tn|countries|tonnes|tons|units|[.,]\d))",
        _plain_year,
    ),
    (rf"\b(?P<month>{_FULL_NAMES}|(?-i:March|May|Mar))\.?(?:'s)?\b", _one_month),
)  # fmt: skip


def _than(match: re.Match[str], clock: Clock) -> list[Period]:  # noqa: ARG001
    return _of(match, "A", match["year"] or match["y2"], "", "base")


def _relative(match: re.Match[str], clock: Clock) -> list[Period]:
    word = next(part for part in match.groups() if part)
    if _is_last(word):
        return _of(match, "A", str(clock.year - 1), "now")
    return _of(match, "YTD", f"{clock.year}-{clock.month:02d}", "now")


_FORMS = tuple((re.compile(pattern, re.IGNORECASE), make) for pattern, make in _PATTERNS)

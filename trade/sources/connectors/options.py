"""Parse the options of a source: economies, flows, years and months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from trade.errors import BadParameter, Message, UnknownName, Value, shorten
from trade.sources.economy_names import Names

FLOWS = ("export", "import")
_MOST = 120
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
_SPAN = re.compile(r"\s*(?:/|:|\.\.|–|(?<=\d{4})-(?=\d{4}))\s*")


def listed(text: str) -> list[str]:
    """The parts of a text between commas or semicolons, without duplicates."""
    return list(dict.fromkeys(part for part in (piece.strip() for piece in re.split(r"[,;，；、]", text)) if part))


def economies(text: str, names: Names) -> list[str]:
    """Codes of the economies named.

    Raises:
        UnknownName: a name is unknown; suggests the nearest. BadParameter: no economy is named, or a group.
    """
    codes = []
    for name in listed(text):
        code = names.find(name)
        if code is None:
            raise UnknownName("economy", name, names.nearest(name) or ["CHN", "USA", "DEU"])
        if not code.isupper():
            raise BadParameter("connector.group", name=shorten(name))
        codes.append(code)
    if not codes:
        raise BadParameter("connector.no_economy")
    return list(dict.fromkeys(codes))


def one_of(text: str, offered: Iterable[str], what: str) -> str:
    """`text` in lower case, if it is one of those `offered`.

    Raises:
        UnknownName: it is not.
    """
    choices = list(offered)
    if text.strip().lower() not in choices:
        raise UnknownName(what, text, choices)
    return text.strip().lower()


def flows(text: str) -> list[str]:
    return [one_of(part, FLOWS, "flow") for part in listed(text) or FLOWS]


def freq(text: str) -> str:
    return one_of(text, ("a", "m"), "frequency").upper()


def periods(text: str, freq_asked: str) -> list[str]:
    """Years (freq A) or months (M), oldest first: `2024`, `2020-2024`, `2022, 2024`, `2025-01/2025-06`.

    A year stands for its months.

    Raises:
        BadParameter: it is not such a list, a range is reversed, or there are more than 120 periods.
    """
    named: list[str] = []
    for part in listed(text):
        ends = _SPAN.split(part)
        if len(ends) > 2 or not all(_YEAR.fullmatch(end) or _MONTH.fullmatch(end) for end in ends):
            raise BadParameter("connector.period", given=shorten(part))
        named += _months(ends[0], ends[-1]) if freq_asked == "M" else _years(ends[0], ends[-1])
    distinct = sorted(set(named))
    if len(distinct) > _MOST:
        raise BadParameter("connector.most_periods", count=len(distinct), most=_MOST)
    return distinct


def shown(periods_listed: Sequence[str], most: int = 12) -> Value:
    """The periods for a message, at most the first `most`."""
    first = list(periods_listed[:most])
    return Message("some_of", names=first) if len(periods_listed) > most else first


def trade_of(flow: str) -> str:
    """The message key for the exports or imports of a reporter in a period."""
    return "connector.exports" if flow == "export" else "connector.imports"


def span(periods_asked: Sequence[str], none: str = "connector.any_period") -> Message:
    """The range of periods as a message, from first to last; `none` is the message key for no periods."""
    first, last = min(periods_asked, default=none), max(periods_asked, default=none)
    return Message(first) if first == last else Message("connector.span", first=first, last=last)


def _years(first: str, last: str) -> list[str]:
    if first[:4] > last[:4]:
        raise BadParameter("connector.backwards", first=first, last=last)
    return [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]


def _months(first: str, last: str) -> list[str]:
    start, end = _index(first, 1), _index(last, 12)
    if start > end:
        raise BadParameter("connector.backwards", first=first, last=last)
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def _index(text: str, month: int) -> int:
    return int(text[:4]) * 12 + (int(text[5:7]) if len(text) > 4 else month) - 1

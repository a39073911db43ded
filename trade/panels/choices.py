"""The choices of one view: reads the code in force of each field, also where the options depend on the data.

Controls on a page and panels drawn without a page both use these rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from trade.errors import Message
from trade.panels.fields import FIELDS

Numbers = dict[str, float]
Fitting = Sequence[str] | Message
"""The codes that fit the other choices, or a message about them."""
_SPAN = {"A": "20", "Q": "10", "M": "5", "YTD": "5"}
"""Years shown where nobody chose, by frequency."""


class Choices:
    """Codes by the name of their field; a field that is missing has its default.

    A page shows something else where a code does not fit the other choices, and says so. A file cannot say it: it asks
    `not_applied` and is refused instead.
    """

    def __init__(self, codes: Mapping[str, str] | None = None) -> None:
        self._codes = {} if codes is None else codes
        self._given = frozenset(self._codes)
        self._read: set[str] = set()
        self._rejected: dict[str, Fitting] = {}

    def value(self, name: str) -> str:
        """The code chosen for a field."""
        if name in self._given:
            self._read.add(name)
        return str(self._codes.get(name, FIELDS[name].default))

    def with_codes(self, **codes: str) -> Choices:
        """A copy with these codes replaced; what is read from it counts as read from the original."""
        copy = Choices({**self._codes, **codes})
        copy._given, copy._read, copy._rejected = self._given - codes.keys(), self._read, self._rejected
        return copy

    def reject(self, name: str, fitting: Fitting) -> None:
        """Record that the code chosen for a field does not fit the other choices."""
        if name in self._given:
            self._rejected.setdefault(name, fitting)

    def not_applied(self) -> dict[str, Fitting]:
        """The fields whose chosen code had no effect so far, in order, with the codes that do fit: none if the other
        choices leave the field without a use."""
        unused = {name: () for name in self._given - self._read if self._codes[name] != FIELDS[name].default}
        without_effect: dict[str, Fitting] = {**unused, **self._rejected}
        return {name: without_effect[name] for name in self._codes if name in without_effect}

    def label(self, name: str) -> str:
        """The words for the code chosen for a field."""
        return FIELDS[name].label(self.value(name))

    def pick(self, name: str, options: Iterable[str] = (), first: str = "") -> str:
        """The code in force among `options` (default: the field's own): the chosen one if it is offered, else `first`,
        else the field's default, else the first option.

        Raises:
            StopIteration: nothing is offered.
        """
        offered = list(options or FIELDS[name].options)
        if (chosen := self.value(name)) not in offered:
            self.reject(name, offered)
        wanted = (chosen, first, FIELDS[name].default, *offered[:1])
        return next(code for code in wanted if code in offered)

    def period(self, names: Mapping[str, str]) -> str:
        """The period in focus among those of `names` (oldest first): the chosen one, the nearest, or the newest.

        A year fits what is by month or quarter; a month or quarter does not fit longer or shorter periods.
        """
        wanted, shown, offered = self.value("period"), self.nearest_period(names), list(names)
        fits = len(wanted) == len("2025") or (_is_month(wanted) and _is_month(shown))
        if wanted != shown and not (shown and fits):
            self.reject("period", Message("chart.periods", first=offered[0], last=offered[-1]))
        return shown or offered[-1]

    def nearest_period(self, names: Mapping[str, str]) -> str:
        """The chosen period or its nearest equivalent among `names`; empty if nothing was chosen or nothing is
        equivalent.

        A month or quarter is replaced by its year, a year by its last month, a quarter by its months, a month by its
        quarter, and January by February where the two are joined.
        """
        wanted = self.value("period")
        if not wanted or wanted in names:
            return wanted
        return next((code for code in list(names)[::-1] if _stands_for(code, wanted)), "")

    def span(self, freq: str) -> str:
        """How many years are shown: a number, or `all`."""
        return self.value("span") or _SPAN[freq]

    def first(self, newest: str, freq: str, period: str) -> str | None:
        """The first period shown when the last is `newest`; never later than the `period` in focus. None: show all."""
        first = first_period(newest, self.span(freq), freq)
        return None if first is None else min(first, period)

    def number(self, name: str, low: float, high: float) -> float:
        """The number of a field, clamped to its limits."""
        number = float(self.value(name))
        if not low <= number <= high:
            self.reject(name, Message("chart.limits", low=f"{low:g}", high=f"{high:g}"))
        return min(max(number, float(low)), float(high))

    def numbers(self, name: str, offered: Iterable[str], low: float, high: float) -> Numbers:
        """The numbers of a field such as `asia:2.5,africa:10` for the codes offered, clamped to the limits."""
        chosen, offered = read_numbers(self.value(name)), list(offered)
        if not chosen.keys() <= set(offered):
            self.reject(name, offered)
        if not all(low <= number <= high for number in chosen.values()):
            self.reject(name, Message("chart.limits", low=f"{low:g}", high=f"{high:g}"))
        return {code: min(max(chosen[code], float(low)), float(high)) for code in offered if code in chosen}

    def opened(self, chart: str) -> str:
        """How a chart of the page is shown (`map`, `table`) or what is open below it (`sql` ...); `chart` if
        neither."""
        return read_opened(self.value("open")).get(chart, "chart")

    def numbers_of_chosen(self, name: str, offered: Iterable[str], low: float, high: float, most: int) -> Numbers:
        """As `numbers`, where the user also chooses which codes: the first `most` of them that are offered."""
        known, chosen = list(offered), read_numbers(self.value(name))
        codes = [code for code in chosen if code in known]
        if len(codes) < len(chosen):
            self.reject(name, known)
        if len(codes) > most:
            self.reject(name, Message("chart.most", most=most))
        return self.numbers(name, codes[:most], low, high)


def _stands_for(code: str, wanted: str) -> bool:
    """Whether a period may be shown where another was chosen: `2025` for `2025-03`, but no other month for a month."""
    if code[:4] != wanted[:4]:
        return False
    months = [one for one in (wanted, code) if _is_month(one)]
    quarters = [one for one in (wanted, code) if "Q" in one]
    if len(months) == 2:
        return (wanted[5:], code[5:]) == ("01", "02")
    if months and quarters:
        return quarter_of(months[0]) == quarters[0]
    return len(quarters) < 2


def _is_month(code: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d", code))


def quarter_of(day: str) -> str:
    """The quarter in which a day or month lies: `2025-04` -> `2025-Q2`."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def first_period(newest: str, span: str, freq: str) -> str | None:
    """The first of `span` years that end with the year of `newest`: 20 years to 2025 begin in 2006."""
    if span == "all":
        return None
    year = int(newest[:4]) - int(span) + 1
    return str(year) if freq == "A" else f"{year}-01"


def read_opened(code: str) -> dict[str, str]:
    """What is open for each chart: `levels:table,vintages:sql` as a mapping."""
    parts = (part.partition(":") for part in code.split(","))
    return {chart: name for chart, _, name in parts if name}


def write_opened(opened: Mapping[str, str]) -> str:
    """The inverse of `read_opened`, charts sorted by key. A chart with nothing open is left out."""
    return ",".join(f"{chart}:{name}" for chart, name in sorted(opened.items()) if name != "chart")


def read_numbers(code: str) -> Numbers:
    """The numbers in a code such as `asia:2.5,africa:10`. A part that is not `name:number` is left out."""
    numbers: Numbers = {}
    for part in code.split(","):
        name, separator, value = part.partition(":")
        try:
            numbers |= {name: float(value)} if separator else {}
        except ValueError:
            continue
    return numbers


def write_numbers(numbers: Mapping[str, float]) -> str:
    """The code for these numbers, in the order of their names: the inverse of `read_numbers`."""
    return ",".join(f"{name}:{value:g}" for name, value in sorted(numbers.items()))

"""The numbers of a row of a measure as formatted texts, each linked to its query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from trade.text import formats
from trade.text.message import Text, linked

CURRENCIES = ("CNY", "USD")


@dataclass(frozen=True)
class Figures:
    """Writes the columns of `row`, which a measure gives for `params`, in the language `lang`.

    Amounts are in the currency that a column's name ends with (`value_usd`), else in the row's, else in the
    parameters', else in `currency`.
    """

    measure: str
    params: Mapping[str, Any]
    row: Mapping[Any, Any]
    lang: str = "en"
    currency: str = "USD"

    def at(self, row: Mapping[Any, Any]) -> Figures:
        """The same for another row."""
        return replace(self, row=row)

    def linked(self, words: str, value: object, column: str) -> Text:
        """A formatted number linked to its column; a missing one has the value `missing` and no link."""
        if formats.is_missing(value):
            return Text(words, "missing")
        return linked(words, float(value), self.measure, self.params, column)  # type: ignore[arg-type]

    def percent(self, column: str, digits: int = 1, *, signed: bool = True) -> Text:
        """A rate: `+3.8%`; without its sign a share: `3.8%`; with more digits where fewer would read as zero."""
        value = self.row.get(column)
        if not signed:
            return self.linked(formats.share(value, digits, self.lang), value, column)
        return self.linked(formats.percent(value, formats.digits_of(value, digits), self.lang), value, column)

    def share(self, column: str, digits: int = 1) -> Text:
        """A share: `14.2%`."""
        return self.percent(column, digits, signed=False)

    def size(self, column: str, digits: int = 1) -> Text:
        """A rate without its sign, for texts that say whether it rose or fell: `0.6%` for −0.6."""
        value = self._size(column)
        words = formats.share(value, digits, self.lang)
        return self.linked(words, self.row.get(column), column)

    def points(self, column: str, digits: int = 1) -> Text:
        """A difference of rates: `+2.4 pp`; with more digits where fewer would read as zero."""
        value = self.row.get(column)
        return self.linked(formats.points(value, formats.digits_of(value, digits), self.lang), value, column)

    def amount(self, column: str, digits: int | None = None) -> Text:
        """An amount of money, with as many decimals as its size asks for unless `digits` says how many."""
        value = self.row.get(column)
        return self.linked(formats.amount(value, self.currency_of(column), self.lang, digits), value, column)

    def amount_size(self, column: str) -> Text:
        """An amount without its sign, for texts that say whether it is a surplus or deficit."""
        words = formats.amount(self._size(column), self.currency_of(column), self.lang)
        return self.linked(words, self.row.get(column), column)

    def number(self, column: str, digits: int = 0) -> Text:
        """A plain number."""
        value = self.row.get(column)
        return self.linked(formats.number(value, digits, self.lang), value, column)

    def number_size(self, column: str, digits: int = 0) -> Text:
        """A plain number without its sign."""
        return self.linked(formats.number(self._size(column), digits, self.lang), self.row.get(column), column)

    def count(self, column: str) -> Text:
        """A count of things."""
        return self.number(column)

    def counted(self, number: float, column: str = "period") -> Text:
        """A number of rows, linked to the column that was counted."""
        return self.linked(formats.count(float(number), self.lang), number, column)

    def period(self, column: str = "period", freq: str = "") -> Text:
        """A period in words, standing for its code."""
        code = self.row.get(column)
        return Text(formats.period(code, freq, self.lang), str(code or ""))

    def day(self, column: str) -> Text:
        """A date in words, standing for its ISO form."""
        code = self.row.get(column)
        return Text(formats.day(code, self.lang), str(code or ""))

    def currency_of(self, column: str) -> str:
        """The currency of a column."""
        for code in CURRENCIES:
            if column.endswith(f"_{code.lower()}"):
                return code
        named = (self.row.get("currency"), self.params.get("currency"))
        return next((str(code) for code in named if code in CURRENCIES), self.currency)

    def _size(self, column: str) -> float | None:
        value = self.row.get(column)
        return None if value is None or formats.is_missing(value) else abs(value)

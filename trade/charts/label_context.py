"""The context in which a chart names units, periods and flows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from trade.text import formats


@dataclass(frozen=True)
class Context:
    """Flow, currency and frequency of the rows, the period the user looks at, and the language of labels.

    `chosen` may be empty: then the last row is the one that is marked and labelled.
    """

    flow: str = "export"
    currency: str = "CNY"
    freq: str = "A"
    chosen: str = ""
    lang: str = "en"

    @classmethod
    def of(cls, params: dict[str, Any], lang: str = "en", chosen: str = "") -> Context:
        """From a result's parameters; what a measure lacks keeps its default. A moving window runs over months."""
        known = {"freq": "M"} if "window" in params else {}
        known |= {name: str(params[name]) for name in ("flow", "currency", "freq") if params.get(name)}
        return cls(**known, chosen=chosen, lang=lang)

    def say(self, key: str, **values: object) -> str:
        return formats.say(key, self.lang, **values)

    @property
    def flow_name(self) -> str:
        return self.say(f"flow.{self.flow}")

    @property
    def colon(self) -> str:
        """Between a name and its value: `China: 12.9%`, `中国：12.9%`."""
        return self.say("join.colon")

    def head(self, name: str, period: str) -> str:
        """The first line of a mark's hover text: its name and its period."""
        return f"<b>{self.say('charts.head', name=name, period=period)}</b>"

    def amount(self, value: float | None) -> str:
        return formats.amount(value, self.currency, self.lang)

    def percent(self, value: float | None, *, digits: int = 1, signed: bool = True) -> str:
        if not signed:
            return formats.share(value, digits, self.lang)
        return formats.percent(value, formats.digits_of(value, digits), self.lang)

    def points(self, value: float | None, digits: int = 1) -> str:
        return formats.points(value, digits, self.lang)

    def points_label(self, value: float | None, digits: int = 1) -> str:
        """Percentage points beside a mark. In a language with a long word for the unit, the number alone: the axis
        names it."""
        text = formats.number(value, digits, self.lang, signed=True)
        return text if formats.is_missing(value) else text + self.say("charts.points")

    @property
    def percent_sign(self) -> str:
        """What follows a rate, for axes: with a space before it in English."""
        return self.say("charts.percent")

    def period(self, code: str, *, short: bool = False) -> str:
        return formats.period(code, self.freq, self.lang, short=short)

    def of_column(self, column: str) -> Context:
        """A copy for amounts in `column`: in dollars if its name ends in `_usd`."""
        return replace(self, currency="USD") if column.endswith("_usd") else self

    def scale(self, values: Any) -> formats.Scale:
        return formats.scale(values, self.currency, self.lang)

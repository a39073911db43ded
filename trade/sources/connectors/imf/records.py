"""Turn observations of the IMF into statements by flow and period, checked one by one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trade.errors import Message
from trade.sources.connectors.options import shown, trade_of
from trade.sources.connectors.partner_sums import check_sum
from trade.sources.delivery import Refusal
from trade.sources.economy_names import Names

SOURCE = "The IMF"
FLOWS = {"export": "XG_FOB_USD", "import": "MG_CIF_USD"}
OWN_CODES = {"KOS": "XKX", "WBG": "PSE", "TX126": "XBL", "1C_ANT": "ANT"}
"""The IMF's codes that are not ISO 3166."""
_WORLD = "G001"
_UNSPECIFIED = re.compile(r"TX\d+")
_GROUP = re.compile(r"G[0-9X]\w*|W00|_[A-Z]+")
_PERIOD = re.compile(r"(\d{4})(?:-M?(\d{2}))?")
Row = tuple[str, str, str, str, float]
"""Reporter, period, flow, partner, dollars."""


@dataclass
class Statement:
    """One flow of one period: dollars by partner, the world's total if it is given, value of refused observations."""

    values: dict[str, float] = field(default_factory=dict)
    total: float | None = None
    left_out: float = 0.0


@dataclass
class ImfAnswer:
    """The statements of one reporter on one page, by period and flow."""

    reporter: str
    page: str
    freq: str
    statements: dict[tuple[str, str], Statement] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def take(self, observations: Iterable[tuple[Mapping[str, str], str, Any]], names: Names) -> None:
        """Add the observations: the dimensions of the series, the period and the value of each."""
        for row, (series, when, value) in enumerate(observations, 1):
            flow = next((flow for flow, code in FLOWS.items() if code == series["INDICATOR"]), "")
            amount = _number(value)
            if flow and series["FREQUENCY"] == self.freq and amount is not None:
                refusal = self._add(flow, series["COUNTERPART_COUNTRY"], when, amount, row, names)
                self.refused += [refusal] if refusal else []

    def _add(self, flow: str, code: str, when: str, amount: float, row: int, names: Names) -> Refusal | None:
        """Add one observation, or return why it is refused."""
        period = _period(when, self.freq)
        if not period:
            return Refusal(self.page, row, "TIME_PERIOD", when[:60], Message("row.other_frequency"))
        if amount < 0:
            return Refusal(self.page, row, "OBS_VALUE", f"{amount:g}", Message("row.negative"))
        statement = self.statements.setdefault((period, flow), Statement())
        partner = _economy(code, names)
        if code == _WORLD:
            statement.total = amount
        elif partner is not None:
            statement.values[partner] = statement.values.get(partner, 0.0) + amount
        elif not _GROUP.fullmatch(code):
            statement.left_out += amount
            return Refusal(self.page, row, "COUNTERPART_COUNTRY", code[:60], Message("row.no_economy_of_code"))
        return None

    def rows(self, wanted: list[str]) -> tuple[list[Row], list[Message]]:
        """Rows of the requested periods (none: the newest year), and messages for the report.

        Raises:
            Unusable: partners do not add up to the total.
        """
        filled = {place: statement for place, statement in sorted(self.statements.items()) if statement.values}
        newest = max((period for period, _ in filled), default="")[:4]
        rows, notes = list[Row](), list[Message]()
        for (period, flow), statement in filled.items():
            if period in wanted or (not wanted and period[:4] == newest):
                place = Message(trade_of(flow), reporter=self.reporter, period=period)
                notes += [
                    note
                    for note in [check_sum(SOURCE, place, statement.values, statement.left_out, statement.total)]
                    if note
                ]
                rows += [
                    (self.reporter, period, flow, partner, statement.values[partner])
                    for partner in sorted(statement.values)
                ]
        if missing := sorted(set(wanted) - {period for period, _ in filled}):
            notes.append(Message("note.nothing", source=SOURCE, reporter=self.reporter, periods=shown(missing)))
        return rows, notes


def _economy(code: str, names: Names) -> str | None:
    if code in OWN_CODES:
        return OWN_CODES[code]
    if _UNSPECIFIED.fullmatch(code):
        return "XXU"
    return names.find(code) if re.fullmatch(r"[A-Z]{3}", code) else None


def _period(text: str, freq: str) -> str:
    match = _PERIOD.search(text)
    if not match:
        return ""
    year, month = match.groups()
    return (year if month is None else "") if freq == "A" else (f"{year}-{month}" if month else "")


def _number(value: Any) -> float | None:
    """The value, None for an observation without one."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None

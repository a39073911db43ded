"""Turn records of UN Comtrade into a statement of one reporter, period and flow, checked row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trade.errors import Message
from trade.sources.connectors.base import Unusable
from trade.sources.connectors.comtrade.codes import FLOWS, SOURCE, WORLD, economy
from trade.sources.connectors.options import trade_of
from trade.sources.connectors.partner_sums import check_sum
from trade.sources.delivery import Refusal
from trade.sources.economy_names import Names

_FIELDS = ("period", "reporterCode", "flowCode", "partnerCode", "cmdCode", "primaryValue", "classificationCode")
_TOTALS = {"partner2Code": "0", "customsCode": "C00", "motCode": "0"}
"""Codes of totals in breakdowns that are not used: other records are skipped."""
_HS = re.compile(r"\d{2}(\d{2}){0,2}")


@dataclass
class Statement:
    """The figures of a reporter for a period and flow.

    Args:
        values: dollars by partner and product. total: the world's, as reported, None if it is not.
        left_out: value of the refused records. edition: of the HS, such as `H6`.
    """

    reporter: str
    period: str
    flow: str
    released: str
    values: dict[tuple[str, str], float] = field(default_factory=dict)
    total: float | None = None
    left_out: float = 0.0
    edition: str = ""
    _seen: dict[tuple[int, str], float] = field(default_factory=dict, init=False, repr=False)

    @property
    def place(self) -> Message:
        return Message(trade_of(self.flow), reporter=self.reporter, period=self.period)

    def take(
        self, records: Sequence[dict[str, Any]], page: str, by_code: bool, names: Names, refused: list[Refusal]
    ) -> None:
        """Add the records of a page. `by_code`: they are by product, not totals.

        Raises:
            Unusable: a field is missing, or a partner has two different values.
        """
        for row, record in enumerate(records, 1):
            if missing := [name for name in _FIELDS if name not in record]:
                raise Unusable("comtrade.no_field", source=SOURCE, page=page, row=row, field=missing[0])
            if self._is_requested(record):
                refusal = self._add(record, page, row, by_code, names)
                refused += [refusal] if refusal else []

    def _is_requested(self, record: Mapping[str, Any]) -> bool:
        total = all(str(record.get(name, code)) == code for name, code in _TOTALS.items())
        return total and (str(record["period"]), record["flowCode"]) == (self.period.replace("-", ""), FLOWS[self.flow])

    def _add(self, record: Mapping[str, Any], page: str, row: int, by_code: bool, names: Names) -> Refusal | None:
        """Add one record, or return why it is refused."""
        value, product, number = record["primaryValue"], str(record["cmdCode"]), record["partnerCode"]
        if not isinstance(number, int):
            return Refusal(page, row, "partnerCode", str(number)[:60], Message("row.no_number_of_economy"))
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e16:
            return Refusal(page, row, "primaryValue", str(value)[:60], Message("row.no_dollars"))
        if self._is_repeated(number, product, float(value), f"{page}, record {row}"):
            return None
        if by_code and not _HS.fullmatch(product):
            self.left_out += value
            return Refusal(page, row, "cmdCode", product[:60], Message("row.no_hs_code"))
        return self._place(record, product, float(value), page, row, names)

    def _is_repeated(self, partner: int, product: str, value: float, place: str) -> bool:
        """Whether an earlier record has the same value.

        Raises:
            Unusable: an earlier record has another value.
        """
        before = self._seen.get((partner, product))
        if before is None:
            self._seen[partner, product] = value
        elif before != value:
            raise Unusable("comtrade.partner_twice", source=SOURCE, place=place, partner=partner)
        return before is not None

    def _place(
        self, record: Mapping[str, Any], product: str, value: float, page: str, row: int, names: Names
    ) -> Refusal | None:
        self.edition = self.edition or str(record["classificationCode"])
        number = record["partnerCode"]
        if number == WORLD:
            self.total = (self.total or 0.0) + value
            return None
        partner = economy(record, names)
        if partner is None:
            self.left_out += value
            printed = f"{number} {record.get('partnerDesc') or ''}".strip()
            return Refusal(page, row, "partnerCode", printed[:60], Message("row.no_economy_of_code"))
        self.values[partner, product] = self.values.get((partner, product), 0.0) + value
        return None

    def checked(self) -> Message | None:
        """A note on the residual between the partners and the world, None if there is none.

        Raises:
            Unusable: the residual is larger than rounding and suppressed trade explain.
        """
        if not self.values:
            return Message("note.nothing_for", source=SOURCE, place=self.place)
        by_partner: dict[str, float] = {}
        for (partner, _), value in self.values.items():
            by_partner[partner] = by_partner.get(partner, 0.0) + value
        return check_sum(SOURCE, self.place, by_partner, self.left_out, self.total)

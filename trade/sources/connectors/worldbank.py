"""World Bank indicators by economy and year, such as GDP or population, which measures use besides trade.

Aggregates (regions, income groups, the world) are left out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from trade.errors import BadParameter, Message, shorten
from trade.sources.connectors import options as parse
from trade.sources.connectors.arrow_tables import table
from trade.sources.connectors.base import Job, Unusable
from trade.sources.connectors.http_client import NotWhole, Web, a_json, address
from trade.sources.connectors.rate_limit import Pace
from trade.sources.delivery import Delivery, Refusal, Rows
from trade.sources.economy_names import Names
from trade.sources.manifest import Source

SOURCE = "The World Bank"
ADDRESS = "https://api.worldbank.org/v2"
DATABASE = 2
"""World Development Indicators."""
PER_PAGE = 1000
_CODE = re.compile(r"[A-Z][A-Z0-9]*(\.[A-Z0-9]+)+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OWN_CODES = {"CHI": "GGY"}
_FIELDS = ("indicator", "countryiso3code", "date", "value")
Row = tuple[str, str, int, float]
"""Indicator, economy, year, value."""


class WorldBank:
    """See the module. Delivers `indicator`."""

    name = "world_bank"
    options: Mapping[str, str] = {"indicator": "NY.GDP.MKTP.CD,SP.POP.TOTL", "period": ""}

    def __init__(self, pace: Pace | None = None, web: Web | None = None, per_page: int = PER_PAGE) -> None:
        self._pace, self._web, self._per_page = pace or Pace(2, 1.0), web or Web(SOURCE), per_page

    def fetch(self, job: Job) -> Delivery:
        codes, years = _codes(job.options["indicator"]), parse.periods(job.options["period"], "A")
        answers = []
        for done, code in enumerate(codes):
            job.reach(SOURCE, code, done, len(codes))
            answers.append(self.series(job, code, years))
        dated = max(answer.dated for answer in answers) or job.today
        rows = table(
            ("indicator", "economy", "year", "indicator_value"), [row for answer in answers for row in answer.rows]
        )
        indicators = Rows("indicator", rows, "one row per indicator, economy and year")
        notes = [answer.note for answer in answers]
        refused = [refusal for answer in answers for refusal in answer.refused]
        return Delivery(self.name, _about(job, dated, codes, years), dated, [indicators], refused, notes)

    def series(self, job: Job, code: str, years: list[str]) -> SeriesAnswer:
        """The values of an indicator.

        Raises:
            UpdateFailed: there is no such indicator, pages are missing, or it has no value for these years.
        """
        answer = SeriesAnswer(code)
        try:
            records = [record for page in self._pages(job, answer, years) for record in page]
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise Unusable("worldbank.other_form", source=SOURCE, code=code, reason=type(error).__name__) from None
        answer.take(records, years, job.names)
        if answer.total != answer.records:
            raise Unusable("worldbank.changed", source=SOURCE, code=code, count=answer.records, all=answer.total)
        if not answer.rows:
            raise Unusable(
                "worldbank.no_values", source=SOURCE, code=code, span=parse.span(years, "connector.any_year")
            )
        return answer

    def _pages(self, job: Job, answer: SeriesAnswer, years: list[str]) -> Iterator[list[dict[str, Any]]]:
        """Yield the records of the indicator page by page, for the number of records that the first page states.

        Raises:
            UpdateFailed: there is no such indicator, or a page cannot be fetched.
        """
        fields: dict[str, Any] = {"format": "json", "source": DATABASE, "per_page": self._per_page}
        if years:
            fields["date"] = f"{years[0]}:{years[-1]}" if len(years) > 1 else years[0]
        place = f"{address('WORLDBANK_URL', ADDRESS)}/en/country/all/indicator/{answer.code}"
        pages, number = 1, 0
        while (number := number + 1) <= pages:
            url = f"{place}?{urlencode(fields | {'page': number})}"
            request = partial(self._web.get, url, {"Accept": "application/json"}, whole=_whole)
            head, *records = json.loads(self._web.page(job, f"{answer.code}-{number:04}.json", request, self._pace))
            if head.get("message"):
                refusal = shorten("{key}: {value}".format(**head["message"][0]), 160)
                raise Unusable("worldbank.refused", source=SOURCE, code=answer.code, reason=refusal)
            answer.head(head)
            if number == 1:
                pages = -(-answer.total // self._per_page)
            yield records[0] or []


@dataclass
class SeriesAnswer:
    """The response for one indicator: rows, refusals, and numbers of records."""

    code: str
    title: str = ""
    dated: str = ""
    total: int = 0
    """Total number of records, as stated by the last page read."""
    records: int = 0
    rows: list[Row] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def note(self) -> Message:
        left = self.records - len(self.rows) - len(self.refused)
        return Message("note.indicator", code=self.code, title=self.title, count=len(self.rows), left=left)

    def head(self, head: Mapping[str, Any]) -> None:
        """Read the head of a page: total number of records, and day of the last update."""
        self.total = int(head["total"])
        day = str(head.get("lastupdated") or "")[:10]
        self.dated = max(self.dated, day) if _DAY.fullmatch(day) else self.dated

    def take(self, records: list[dict[str, Any]], years: list[str], names: Names) -> None:
        """Add the records of the requested years (none: all years).

        Raises:
            Unusable: a field is missing.
        """
        for record in records:
            self.records += 1
            if missing := [name for name in _FIELDS if name not in record]:
                raise Unusable("worldbank.no_field", source=SOURCE, code=self.code, row=self.records, field=missing[0])
            about = record["indicator"]
            self.title = self.title or str(about.get("value") if isinstance(about, dict) else self.code)[:200]
            if not years or str(record["date"]) in years:
                self._add(record, names)

    def _add(self, record: dict[str, Any], names: Names) -> None:
        place, value, year = str(record["countryiso3code"] or ""), record["value"], str(record["date"])
        economy = _OWN_CODES.get(place) or (names.find(place) if len(place) == 3 else None)
        if value is None or economy is None or not economy.isupper():
            return
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.refused.append(Refusal(self.code, self.records, "value", str(value)[:60], Message("row.no_number")))
        elif not re.fullmatch(r"(?:19|20)\d\d", year):
            self.refused.append(Refusal(self.code, self.records, "date", year[:60], Message("row.no_year")))
        else:
            self.rows.append((self.code, economy, int(year), float(value)))


def _whole(body: bytes) -> None:
    """Raise NotWhole if the body is neither a page of records nor an error message (which has status 200)."""
    page = a_json(body)
    if not isinstance(page, list) or not page or not isinstance(page[0], dict):
        raise NotWhole("http.no_list")
    if "message" in page[0]:
        return
    if len(page) < 2 or not isinstance(page[1], list | None):
        raise NotWhole("http.no_records")
    if not all(isinstance(record, dict) for record in page[1] or []):
        raise NotWhole("http.no_fields")


def _codes(text: str) -> list[str]:
    codes = [code.upper() for code in parse.listed(text)]
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong or not codes:
        wrong_code = shorten(wrong[0] if wrong else "")
        raise BadParameter("worldbank.code", given=wrong_code)
    return codes


def _about(job: Job, dated: str, codes: list[str], years: list[str]) -> Source:
    coverage = f"{', '.join(codes)}, {parse.span(years, 'all years')}"
    return Source(
        producer="World Bank",
        title="World Development Indicators",
        citation=f"World Bank, World Development Indicators, {coverage}, fetched from its interface",
        url="https://databank.worldbank.org/source/world-development-indicators",
        published=dated,
        accessed=job.today,
        licence="CC BY 4.0",
        unit="as the indicator says",
        currency="as the indicator says",
        valuation="none",
        coverage=coverage,
        warnings=["reporter_lag"],
    )

"""The connector: splits a request into responses within the record limit, and combines them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from trade.errors import BadParameter, Message
from trade.sources.connectors import options as parse
from trade.sources.connectors.base import Job, Unusable, UpdateFailed
from trade.sources.connectors.comtrade import codes, rows
from trade.sources.connectors.comtrade.client import OPEN_LIMIT, Client, records_of
from trade.sources.connectors.comtrade.codes import LEVELS, SOURCE
from trade.sources.connectors.comtrade.records import Statement
from trade.sources.connectors.http_client import Web
from trade.sources.connectors.rate_limit import Pace
from trade.sources.delivery import Delivery, Refusal
from trade.sources.manifest import Source

KEY = "COMTRADE_KEY"
KEY_HELP = Message("comtrade.key_help", name=KEY)
_TRADE = {"export": "connector.exports", "import": "connector.imports"}
_PLURAL = {"chapter": "connector.chapters", "heading": "connector.headings", "subheading": "connector.subheadings"}
"""Message keys for flows, and for the codes of a level."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Query:
    """One request: a reporter, period and flow, for all partners (None) or those of one part."""

    reporter: str
    period: str
    flow: str
    partners: tuple[int, ...] | None = None
    part: int = 0


class Comtrade:
    """Totals come as `trade_flow`, products as `product_trade`; both as datasets of their own."""

    name = "comtrade"
    options: Mapping[str, str] = {
        "reporter": "CHN", "freq": "A", "period": "", "product": "total", "flow": "export,import",
    }  # fmt: skip

    def __init__(self, pace: Pace | None = None, web: Web | None = None) -> None:
        """`pace`: the public API allows one call per second."""
        self._pace = pace or Pace(1, 1.1)
        self._web = web or Web(SOURCE, KEY_HELP)

    def fetch(self, job: Job) -> Delivery:
        client = Client(self._web, _key())
        freq, flows = parse.freq(job.options["freq"]), parse.flows(job.options["flow"])
        level, periods = _level(job.options["product"], client), parse.periods(job.options["period"], freq)
        reporters = parse.economies(job.options["reporter"], job.names)
        released = {reporter: self._released(job, client, reporter, freq) for reporter in reporters}
        queries = [
            query
            for reporter in reporters
            for period in _published(reporter, periods, released[reporter])
            for flow in flows
            for query in _parts(Query(reporter, period, flow), level, client.limit, job)
        ]
        refused: list[Refusal] = []
        statements = list(self._statements(job, client, queries, freq, level, released, refused))
        notes = _missing(periods, released) + [note for statement in statements if (note := statement.checked())]
        if not any(statement.values for statement in statements):
            raise Unusable("comtrade.nothing", reasons=lambda lang: " ".join(note.text(lang) for note in notes[:3]))
        dated = max(statement.released for statement in statements)
        table = rows.totals(statements, freq) if level == "total" else rows.products(statements, freq)
        return Delivery(self.name, _about(job, dated, level, statements), dated, [table], refused, notes)

    def _released(self, job: Job, client: Client, reporter: str, freq: str) -> dict[str, str]:
        """The day of the last release by period, for all periods that the reporter has published."""
        job.say(Message("progress.published", source=SOURCE, reporter=reporter), 0.0)
        request = partial(client.published, freq, codes.number(reporter, job.names))
        body = self._web.page(job, f"published-{freq}-{reporter}.json", request, self._pace)
        released: dict[str, str] = {}
        for record in records_of(body):
            period = _period(str(record.get("period", "")), freq)
            day = str(record.get("lastReleased") or record.get("firstReleased") or "")[:10]
            if period:
                released[period] = max(released.get(period, ""), day if _DAY.fullmatch(day) else job.today)
        if not released:
            key = "comtrade.no_years" if freq == "A" else "comtrade.no_months"
            raise Unusable(key, source=SOURCE, reporter=reporter)
        return released

    def _statements(
        self, job: Job, client: Client, queries: Sequence[Query], freq: str, level: str,
        released: Mapping[str, Mapping[str, str]], refused: list[Refusal],
    ) -> Iterator[Statement]:  # fmt: skip
        """Yield each statement when its last part has been fetched."""
        for done, query in enumerate(queries):
            if query.part == 0:
                statement = Statement(query.reporter, query.period, query.flow, released[query.reporter][query.period])
            job.reach(SOURCE, statement.place, done, len(queries))
            page, records = self._records(job, client, query, freq, level)
            statement.take(records, page, level != "total", job.names, refused)
            if done + 1 == len(queries) or queries[done + 1].part == 0:
                yield statement

    def _records(self, job: Job, client: Client, query: Query, freq: str, level: str) -> tuple[str, list[dict]]:
        """The page key and records of a response.

        Raises:
            UpdateFailed: it cannot be fetched, or reaches the record limit.
        """
        with_key = "key" if client.key else "open"
        page = f"{freq}-{query.period}-{query.reporter}-{query.flow}-{level}-{with_key}-{query.part:04}.json"
        number = codes.number(query.reporter, job.names)
        request = partial(client.records, freq, query.period, number, level, query.flow, query.partners)
        records = records_of(self._web.page(job, page, request, self._pace))
        if len(records) >= client.limit:
            raise Unusable(
                "comtrade.cut_with_key" if client.key else "comtrade.cut_without_key",
                source=SOURCE,
                place=Message(_TRADE[query.flow], reporter=query.reporter, period=query.period),
                count=client.limit,
                help=KEY_HELP,
            )
        return page, records


def _key() -> str:
    """The key from the environment, empty if there is none.

    Raises:
        BadParameter: it contains characters that no key has.
    """
    key = os.environ.get(KEY, "").strip()
    if not re.fullmatch(r"[\x21-\x7e]*", key):
        raise BadParameter("comtrade.bad_key", name=KEY, help=KEY_HELP)
    return key


def _level(text: str, client: Client) -> str:
    """The requested level of products.

    Raises:
        UnknownName: there is no such level. BadParameter: it needs a key.
    """
    level = parse.one_of(text, LEVELS, "product_level")
    if LEVELS[level][1] >= client.limit:
        raise BadParameter(
            "comtrade.needs_key", source=SOURCE, most=OPEN_LIMIT, level=Message(_PLURAL[level]), help=KEY_HELP
        )
    return level


def _parts(query: Query, level: str, limit: int, job: Job) -> list[Query]:
    """The request in parts by partner, each too small to reach the record limit."""
    every, size = codes.partners(job.names), (limit - 1) // LEVELS[level][1]
    if len(every) <= size:
        return [query]
    parts = [tuple(every[at : at + size]) for at in range(0, len(every), size)]
    return [replace(query, partners=part, part=at) for at, part in enumerate(parts)]


def _period(text: str, freq: str) -> str:
    if freq == "A":
        return text if re.fullmatch(r"\d{4}", text) else ""
    return f"{text[:4]}-{text[4:]}" if re.fullmatch(r"\d{6}", text) else ""


def _published(reporter: str, periods: Sequence[str], released: Mapping[str, str]) -> list[str]:
    """The requested periods that are published; the newest if none is requested.

    Raises:
        UpdateFailed: none of them is.
    """
    available = [period for period in periods or [max(released)] if period in released]
    if not available:
        raise UpdateFailed(
            "comtrade.not_published",
            source=SOURCE,
            reporter=reporter,
            span=parse.span(periods),
            first=min(released),
            last=max(released),
        )
    return available


def _missing(periods: Sequence[str], released: Mapping[str, Mapping[str, str]]) -> list[Message]:
    """A note for each reporter that has not published all requested periods."""
    missing = {
        reporter: [period for period in periods if period not in available] for reporter, available in released.items()
    }
    return [
        Message("note.not_published", reporter=reporter, periods=parse.shown(unpublished))
        for reporter, unpublished in missing.items()
        if unpublished
    ]


def _about(job: Job, dated: str, level: str, statements: Sequence[Statement]) -> Source:
    reporters = ", ".join(dict.fromkeys(statement.reporter for statement in statements))
    coverage = f"{reporters}; {parse.span([statement.period for statement in statements])}"
    return Source(
        producer="United Nations Statistics Division, UN Comtrade",
        title="Trade by partner as economies report it",
        citation=f"UN Comtrade, reporters {coverage}, {level}, fetched from its interface",
        url="https://comtradeplus.un.org/",
        published=dated,
        accessed=job.today,
        licence="Copyright United Nations; re-dissemination under the UN Comtrade policy: check before publishing",
        unit="US dollars",
        currency="USD",
        valuation="exports FOB, imports CIF",
        coverage=coverage,
        warnings=["reporter_lag", "cif_vs_fob", "reexports", "nominal"],
    )

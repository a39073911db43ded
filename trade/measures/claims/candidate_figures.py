"""Which figures of the store a claim may mean: each is a measure with its parameters, a column and a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trade.measures.claims.parser import Asked, Subject

FLOWS = ("export", "import", "total")
CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")
FIVE = {"asia": "asia", "africa": "africa", "europe": "europe", "americas": "americas", "oceania": "oceania"}
"""Continents by which partners are counted: the five of the official statement."""
ASPECTS = {
    "percent": ("growth", "share"),
    "points": ("contribution",),
    "money": ("value",),
    "count": ("count",),
    "rank": ("rank",),
    "number": ("growth", "share", "count", "rank"),
    "": ("value", "growth", "share", "rank", "contribution"),
}
"""What a number of each unit may be about; a claim without a number is answered with all that is known."""


@dataclass(frozen=True)
class Candidate:
    """A figure: `aspect` says what it tells, `columns` where it stands, the first that is known counts."""

    aspect: str
    measure: str
    columns: tuple[str, ...]
    params: dict[str, Any]
    where: dict[str, Any]
    subject: Subject
    flow: str
    freq: str
    currency: str = ""
    of: str = ""
    """What is counted, or by which definition of two."""


def candidates(asked: Asked, periods: list[tuple[str, str]]) -> Iterator[Candidate]:
    """Every figure that the claim may mean. `periods` are (freq, period) to look at."""
    aspects = (asked.aspect,) if asked.aspect and not asked.count else ASPECTS[asked.unit]
    for freq, period in periods:
        for flow in ("balance",) if asked.flow == "balance" else FLOWS:
            for currency in ("CNY", "USD"):
                yield from _figures(asked.subject, flow, freq, period, currency, set(aspects))
        if asked.count or "count" in aspects:
            yield from _counts(asked, freq, period)


def _figures(
    subject: Subject, flow: str, freq: str, period: str, currency: str, aspects: set[str]
) -> Iterator[Candidate]:
    make = {"world": _world, "group": _group, "economy": _economy, "product": _product}[subject.kind]
    for aspect, measure, columns, params, where in make(subject, flow, freq, period, currency):
        if aspect in aspects or flow == "balance":
            of = str(where.get("definition", ""))
            yield Candidate(aspect, measure, columns, params, where, subject, flow, freq, currency, of)


Figure = tuple[str, str, tuple[str, ...], dict[str, Any], dict[str, Any]]
_GROWTH = ("growth_pct", "growth_computed_pct")


def _world(_: Subject, flow: str, freq: str, period: str, currency: str) -> Iterator[Figure]:
    where = {"period": period}
    if flow == "balance":
        yield "value", "balance", ("balance",), {"freq": freq, "currency": currency}, where
        return
    params = {"flow": flow, "freq": freq, "currency": currency}
    yield "growth", "growth", _GROWTH, params, where
    yield "value", "growth", ("value",), params, where
    if freq == "A" and currency == "USD":
        world = {"reporter": "CHN", "flow": flow}
        yield "share", "world_position", ("share_pct",), world, where
        yield "rank", "world_position", ("rank",), world, where


def _group(subject: Subject, flow: str, freq: str, period: str, currency: str) -> Iterator[Figure]:
    if flow == "balance":
        return
    params, where = {"group": subject.code, "flow": flow, "freq": freq, "currency": currency}, {"period": period}
    yield "growth", "bloc", _GROWTH, params, where
    yield "value", "bloc", ("value",), params, where
    if currency == "CNY":
        yield "share", "bloc", ("share_pct",), params, where
        yield "rank", "bloc", ("rank",), params, where
        if subject.code in CONTINENTS and freq != "M":
            split = {"by": "continent", "flow": flow, "period": period, "currency": currency}
            yield "contribution", "contribution", ("contribution_pp",), split, {"code": subject.code}


def _economy(subject: Subject, flow: str, freq: str, period: str, currency: str) -> Iterator[Figure]:
    where = {"period": period}
    if flow == "balance":
        if freq == "A":
            yield "value", "partner_balance", ("balance",), {"partner": subject.code, "currency": currency}, where
        return
    params = {"partner": subject.code, "flow": flow, "freq": freq, "currency": currency}
    yield "growth", "partner", _GROWTH, params, where
    yield "value", "partner", ("value",), params, where
    if currency == "CNY":
        yield "share", "partner", ("share_pct",), params, where
        yield "rank", "partner", ("rank",), params, where
        yield "contribution", "partner", ("contribution_pp",), params, where


def _product(subject: Subject, flow: str, freq: str, period: str, currency: str) -> Iterator[Figure]:
    if flow not in ("export", "import"):
        return
    month = f"{period}-12" if freq == "A" else period
    params = {"product": subject.code, "flow": flow, "freq": "M" if freq == "M" else "YTD", "currency": currency}
    where = {"period": month}
    yield "growth", "commodity", _GROWTH, params, where
    yield "value", "commodity", ("value",), params, where
    if currency == "CNY":
        yield "share", "commodity", ("share_pct",), params, where
        yield "contribution", "commodity", ("contribution_pp",), params, where
        if subject.code == "high-tech-products" and flow == "export":
            stated = {"period": period, "definition": "statement"}
            yield "growth", "high_tech", ("growth_pct",), {}, stated
            yield "share", "high_tech", ("share_pct",), {}, stated
            yield "contribution", "high_tech", ("contribution_pp",), {}, stated
            yield "value", "high_tech", ("value",), {}, stated


def _counts(asked: Asked, freq: str, period: str) -> Iterator[Candidate]:
    """Counts of partners, of economies and of years in a row; years only."""
    if freq != "A" or asked.subject.kind in ("economy", "product"):
        return
    for flow in FLOWS:
        if asked.count in ("growing", "markets", ""):
            where = {"period": period, "continent": FIVE.get(asked.subject.code, "world")}
            params = {"flow": flow, "first": period, "last": period}
            for of in ("growing", "markets"):
                yield Candidate("count", "growing_markets", (of,), params, where, asked.subject, flow, "A", of=of)
        if asked.count in ("streak", "") and asked.subject.kind == "world":
            for currency in ("CNY", "USD"):
                params, where = {"flow": flow, "currency": currency}, {"period": period}
                yield Candidate(
                    "count", "streak", ("run",), params, where, asked.subject, flow, "A", currency, "streak"
                )
    if asked.count in ("firsts", ""):
        where = {"period": asked.period} if asked.period else {}
        firsts = Candidate(
            "count", "first_destinations", ("economies",), {"partner": "CHN"}, where, Subject(), "", "A", of="firsts"
        )
        yield firsts

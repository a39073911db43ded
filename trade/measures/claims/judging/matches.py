"""Matches of figures with a claim, and the verdict with the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trade.measures.claims.claim_types import Claim, Subject
from trade.measures.claims.judging.agreement import CLOSE, FAR, MATCH
from trade.measures.claims.judging.candidate_values import Figure, Figures
from trade.measures.claims.judging.store_levels import ORIGINS
from trade.measures.claims.parsing.parser import members

RIGHT, CLOSE_TO, OTHER, WRONG, CANNOT, UNCLEAR = (
    "right",
    "close",
    "other_definition",
    "wrong",
    "cannot_be_checked",
    "not_understood",
)
VERDICTS = (RIGHT, CLOSE_TO, OTHER, WRONG, CANNOT, UNCLEAR)
FLOWS = ("export", "import", "total")
NEAR_CURRENCY = "near_currency"
MOST = 8
"""Most figures shown with a verdict."""


@dataclass(frozen=True)
class Match:
    """A figure compared with a claim. `difference`: the figure minus the claimed number, if any, in its unit."""

    figure: Figure
    agrees: str
    difference: float | None = None
    reason: str = ""
    """How it differs from the plain reading: currency, volume, value, period, flow, or a definition."""


@dataclass(frozen=True)
class Verdict:
    """A claim, its verdict (`code`) and the deciding figures; `alternatives` are other readings."""

    claim: Claim
    code: str
    figures: tuple[Match, ...] = ()
    alternatives: tuple[Match, ...] = ()
    missing: tuple[str, ...] = ()
    """Codes of what the store lacks: provinces, services ..., or `period` or `figure` if it has no such row.
    `NEAR_CURRENCY` if it lacks nothing, but the number is close only in the currency that the claim does not name.
    """
    before: tuple[Figure, ...] = ()
    """For a record: the largest figure of a former period; if revisions matter, the revised and the first release."""

    @property
    def deciding(self) -> Match | None:
        """The figure to print."""
        if self.code == OTHER or not self.figures:
            return next(iter(self.alternatives or self.figures), None)
        return self.figures[0]


def worst(codes: set[str]) -> str:
    return next((code for code in (WRONG, UNCLEAR, CANNOT, OTHER, CLOSE_TO, RIGHT) if code in codes), UNCLEAR)


def best_agreement(matches: list[Match]) -> str:
    codes = {match.agrees for match in matches if match.figure.origin != "mirror"}
    return next((code for code in (MATCH, CLOSE, FAR) if code in codes), FAR)


def verdict_of(
    claim: Claim, code: str, plain: list[Match], others: list[Match] | None = None, missing: tuple[str, ...] = ()
) -> Verdict:
    """A verdict with its figures sorted: matches first, then by origin (published first), then those in the claimed
    currency or in yuan, then by difference."""

    def order(match: Match) -> tuple[Any, ...]:
        figure = match.figure
        return (
            (MATCH, CLOSE, FAR).index(match.agrees),
            ORIGINS.index(figure.origin),
            bool(claim.currency) and figure.currency != claim.currency,
            figure.currency == "USD" and not claim.currency,
            figure.first_release,
            _rank_order(claim, figure),
            abs(match.difference or 0.0),
        )

    return Verdict(
        claim,
        code,
        tuple(distinct(sorted(plain, key=order))),
        tuple(distinct(sorted(others or [], key=order))),
        missing,
    )


def _rank_order(claim: Claim, figure: Figure) -> int:
    """Sort key of ranks: the definition that the words suggest comes first."""
    ways = PLAIN_RANKS.get(claim.scope, ()) if claim.frame == "rank" else ()
    return ways.index(figure.definition) if figure.definition in ways else len(ways)


def distinct(matches: list[Match]) -> Iterator[Match]:
    """Each figure once, at most MOST: rows that two sources print alike are one figure."""
    seen: set[tuple[Any, ...]] = set()
    for match in matches:
        figure = match.figure
        key = (
            figure.kind,
            figure.flow,
            figure.freq,
            figure.period,
            figure.currency,
            figure.subject,
            float(f"{figure.value:.4g}"),
            figure.definition,
            figure.origin == "published",
        )
        if key not in seen and len(seen) < MOST:
            seen.add(key)
            yield match


def periods_of(figures: Figures, claim: Claim) -> list[tuple[str, str]]:
    """The claimed period, or the newest full year."""
    return [(claim.freq, claim.period)] if claim.period else [("A", str(figures.clock.year - 1))]


def newest_periods(figures: Figures) -> list[tuple[str, str]]:
    """The year so far and the newest month, which a sentence without a period may mean instead of the newest year."""
    month = f"{figures.clock.year}-{figures.clock.month:02d}"
    return [("YTD", month), ("M", month)]


def flows_of(claim: Claim) -> tuple[str, ...]:
    return (claim.flow,) if claim.flow else FLOWS


def subjects_of(claim: Claim) -> list[tuple[Subject, str]]:
    """The subject with an empty definition; a name with several lists of members gives a subject for each list."""
    if claim.subject.kind != "list":
        return [(claim.subject, "")]
    return [(Subject("list", " ".join(codes)), name) for name, codes in members(claim.subject.code)]


PLAIN_RANKS = {"partner": ("blocs", "economies"), "country": ("economies",), "": ("economies", "blocs")}

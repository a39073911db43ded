"""The verdict on a number: a level, a change, a share, a contribution, a count, or a direction."""

from __future__ import annotations

import dataclasses

from trade.errors import TradeError
from trade.measures.claims.claim_types import WORLD, Claim
from trade.measures.claims.judging.agreement import CLOSE, MATCH, agreement
from trade.measures.claims.judging.candidate_values import Figure, Figures
from trade.measures.claims.judging.matches import (
    CANNOT,
    CLOSE_TO,
    NEAR_CURRENCY,
    OTHER,
    RIGHT,
    UNCLEAR,
    WRONG,
    Match,
    Verdict,
    best_agreement,
    flows_of,
    periods_of,
    subjects_of,
    verdict_of,
)
from trade.measures.claims.judging.readings import matches_of, other_flows, other_readings
from trade.measures.run import run

_HISTORY_WRONG = 0.15
"""A claim is wrong by figures of other collections than customs' only if it differs by more than this part."""
_REVISION = 0.02
"""Customs has changed a total by up to this part after its first release."""


def judge_number(figures: Figures, claim: Claim) -> Verdict:
    plain = list(matches_of(figures, claim, periods_of(figures, claim), flows_of(claim), subjects_of(claim)))
    if not plain:
        return _no_figure(figures, claim)
    best = best_agreement(plain)
    if best == MATCH:
        by_list = _split_by_list(plain) if claim.subject.kind == "list" else None
        return verdict_of(claim, OTHER, *by_list) if by_list else verdict_of(claim, RIGHT, plain)
    others = list(other_readings(figures, claim))
    if best == CLOSE:
        return verdict_of(claim, CLOSE_TO, plain, others)
    fitting = [match for match in others if match.agrees == MATCH and not _other_currency_only(claim, match)]
    if any(match.reason == "currency" for match in fitting):
        converted = [match for match in fitting if match.reason == "currency"]
        return verdict_of(claim, CLOSE_TO, converted, plain)
    if fitting:
        return verdict_of(claim, OTHER, plain, fitting)
    others += other_flows(figures, claim)
    close_reading = any(match.agrees == CLOSE and match.reason != "flow" for match in others)
    dated = claim.period or claim.base
    if close_reading or not dated or not claim.flow or not _is_decisive(claim, plain):
        code, missing = CANNOT if claim.flow else UNCLEAR, ("period",) if not dated else ()
        other_currency = [match for match in others if match.agrees == CLOSE and match.reason == "currency"]
        if code == CANNOT and dated and plain and other_currency:
            return verdict_of(claim, code, plain, other_currency, (NEAR_CURRENCY,))
        return verdict_of(claim, code, plain, others, missing)
    if claim.frame == "value" and claim.subject == WORLD and claim.flow != "balance" and _only_revised(plain):
        return verdict_of(claim, CANNOT, plain, others, ("first_release",))
    return verdict_of(claim, WRONG, plain, others)


def _only_revised(plain: list[Match]) -> bool:
    """Whether a level near the claim is known only in a later vintage: it may have been released as claimed."""

    def later(match: Match) -> bool:
        return match.figure.vintage[:4] > str(int(match.figure.period[:4]) + 1)

    near = {
        match.figure.currency
        for match in plain
        if later(match) and abs(match.difference or 0.0) <= _REVISION * abs(match.figure.value)
    }
    return any(all(later(match) for match in plain if match.figure.currency == currency) for currency in near)


def _other_currency_only(claim: Claim, match: Match) -> bool:
    """Whether a rise or fall is a match only in the currency that the claim does not name."""
    return match.reason == "currency" and bool(claim.currency) and claim.frame in ("direction", "share_direction")


def _split_by_list(plain: list[Match]) -> tuple[list[Match], list[Match]] | None:
    """If the claim holds for one list of members but not for another: the figures of the other lists, then those that
    match, with the list as reason. None if it holds for all."""
    fitting = {match.figure.definition for match in plain if match.agrees == MATCH}
    others = [match for match in plain if match.figure.definition not in fitting]
    if not others:
        return None
    return others, [
        dataclasses.replace(match, reason=match.figure.definition)
        for match in plain
        if match.agrees == MATCH and match.figure.definition in fitting
    ]


def _is_decisive(claim: Claim, plain: list[Match]) -> bool:
    """Whether the figures are good enough to call a claim wrong."""
    sure = [match for match in plain if match.figure.sure]
    if sure:
        return True
    past = [match for match in plain if match.figure.origin == "history"]
    claimed = abs(claim.value or 0.0)
    return bool(past) and all(
        match.figure.kind == "value"
        and abs(match.difference or 0.0) > _HISTORY_WRONG * max(claimed, abs(match.figure.value))
        for match in past
    )


def _no_figure(figures: Figures, claim: Claim) -> Verdict:
    """The verdict if there is no figure for the plain reading: what is missing, and matching other readings."""
    if claim.freq == "A" and claim.period == str(figures.clock.year):
        newest = f"{figures.clock.year}-{figures.clock.month:02d}"
        year_so_far = list(matches_of(figures, claim, [("YTD", newest)], flows_of(claim), subjects_of(claim), "period"))
        if any(match.agrees == MATCH for match in year_so_far):
            return verdict_of(claim, OTHER, [], [match for match in year_so_far if match.agrees == MATCH])
        return verdict_of(claim, CANNOT, [], year_so_far, ("period",))
    others = [match for match in other_readings(figures, claim) if match.agrees == MATCH]
    return verdict_of(claim, CANNOT, [], others, ("figure",))


def judge_count(figures: Figures, claim: Claim) -> Verdict:
    """The number of partners, or of those with which trade grew."""
    freq, period = periods_of(figures, claim)[0]
    if freq != "A" or claim.subject not in (WORLD,) or claim.sign < 0:
        return Verdict(claim, CANNOT, missing=("figure",))
    matches = []
    for flow in flows_of(claim):
        try:
            frame = run(figures.store, "growing_markets", flow=flow, first=period, last=period).frame
        except TradeError:
            continue
        rows = frame[(frame["period"].astype(str) == period) & (frame["continent"] == "world")].to_dict("records")
        for row in rows:
            for name in ("growing", "markets"):
                figure = Figure(
                    "count",
                    WORLD,
                    flow,
                    "A",
                    period,
                    float(row[name]),
                    "count",
                    "computed",
                    "growing_markets",
                    {"flow": flow, "first": period, "last": period},
                    source_id=str(row.get("source_id") or ""),
                    definition=name,
                )
                matches.append(Match(figure, agreement(claim, figure.value, 0.0), figure.value - (claim.value or 0.0)))
    if not matches:
        return Verdict(claim, CANNOT, missing=("figure",))
    fitting = [match for match in matches if match.agrees == MATCH]
    return verdict_of(claim, RIGHT, matches) if fitting else verdict_of(claim, UNCLEAR, matches)

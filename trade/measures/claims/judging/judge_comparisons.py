"""The verdict on a comparison: which of two is larger, by how much, and whether growth accelerated or slowed."""

from __future__ import annotations

import dataclasses

from trade.measures.claims.claim_types import Claim, Subject
from trade.measures.claims.judging.agreement import CLOSE, FAR, MATCH, agreement
from trade.measures.claims.judging.candidate_values import Figure, Figures
from trade.measures.claims.judging.matches import (
    CANNOT,
    CLOSE_TO,
    RIGHT,
    UNCLEAR,
    WRONG,
    Match,
    Verdict,
    flows_of,
    periods_of,
)
from trade.measures.claims.judging.store_levels import ORIGINS
from trade.measures.claims.parsing.periods import month_before, year_before


def judge_comparison(figures: Figures, claim: Claim) -> Verdict:
    """Which of two is larger; a difference within the figures' uncertainty gives `close`."""
    if claim.value is not None:
        return _compared_by(figures, claim)
    matches: list[Match] = []
    codes: set[str] = set()
    for freq, period in periods_of(figures, claim):
        for flow in flows_of(claim):
            left, right = _two_sides(figures, claim, flow, freq, period)
            if left is None or right is None:
                continue
            gap = claim.sign * (left.value - right.value)
            larger = gap < 0 if claim.relation == "less" else gap > 0
            even = abs(gap) <= left.slack + right.slack
            code = CLOSE if even else MATCH if larger else FAR
            codes.add(code)
            matches += [Match(left, code, gap), Match(right, code, -gap)]
    if not matches:
        return Verdict(claim, CANNOT, missing=("figure",))
    if len(codes) > 1 or CLOSE in codes:
        return Verdict(claim, UNCLEAR if len(codes) > 1 else CLOSE_TO, tuple(matches))
    sure = all(match.figure.origin != "mirror" for match in matches)
    code = RIGHT if MATCH in codes else WRONG
    if claim.relation == "overtook" and code == RIGHT:
        before = [
            _two_sides(figures, claim, flow, freq, year_before(period))
            for freq, period in periods_of(figures, claim)
            for flow in flows_of(claim)
        ]
        known = [(left, right) for left, right in before if left is not None and right is not None]
        if not known:
            return Verdict(claim, CANNOT, tuple(matches), missing=("history",))
        if any(left.value > right.value for left, right in known):
            # it was already larger a year earlier, so it did not overtake
            matches += [Match(side, FAR) for pair in known for side in pair]
            code = WRONG
    return Verdict(claim, code if sure else CANNOT, tuple(matches))


def _compared_by(figures: Figures, claim: Claim) -> Verdict:
    """By how much, or how many times, one of two exceeds the other, in each currency that may be meant."""
    answers: list[tuple[str, tuple[Match, Match]]] = []
    currencies = (claim.currency,) if claim.currency else ("CNY", "USD")
    for freq, period in periods_of(figures, claim):
        for flow in flows_of(claim):
            for currency in currencies:
                pair = _two_sides(figures, claim, flow, freq, period, (currency,))
                if pair[0] is not None and pair[1] is not None:
                    code, gap = _by(claim, pair[0], pair[1])
                    answers.append((code, (Match(pair[0], code, gap), Match(pair[1], code, -gap))))
    if not answers:
        return Verdict(claim, CANNOT, missing=("figure",))
    best = next(code for code in (MATCH, CLOSE, FAR) if any(code == answer_code for answer_code, _ in answers))
    matches = tuple(match for code, pair in answers if code == best for match in pair)
    sure = all(match.figure.sure for match in matches) and bool(claim.period and claim.flow)
    verdict = {MATCH: RIGHT, CLOSE: CLOSE_TO, FAR: WRONG if sure else CANNOT}[best]
    return Verdict(claim, verdict, matches, missing=("period",) if verdict == CANNOT else ())


def judge_pace(figures: Figures, claim: Claim) -> Verdict:
    """Whether growth accelerated or slowed: a month against the month before, a year against the year before, the year
    so far against either. Wrong only if the words say by how much."""
    freq, period = periods_of(figures, claim)[0]
    bases = [month_before(period)] if freq == "M" or (freq == "YTD" and not period.endswith("-01")) else []
    if freq in ("A", "YTD") and claim.against != "mom":
        bases.append(year_before(period))
    pairs: list[tuple[str, tuple[Match, Match]]] = []
    for base in bases:
        against = dataclasses.replace(claim, other_period=base)
        for flow in flows_of(claim):
            for currency in (claim.currency,) if claim.currency else ("CNY", "USD"):
                now, then = _two_sides(figures, against, flow, freq, period, (currency,))
                if now is not None and then is not None:
                    code, gap = _moved(claim, now, then)
                    pairs.append((code, (Match(now, code, gap), Match(then, code, -gap))))
    for code, verdict in ((MATCH, RIGHT), (CLOSE, CLOSE_TO), (FAR, UNCLEAR)):
        matches = tuple(match for pair_code, pair in pairs if pair_code == code for match in pair)
        if matches:
            definite = code == FAR and claim.value is not None and len(bases) == 1 and bool(claim.period)
            sure = all(match.figure.sure for match in matches)
            return Verdict(claim, WRONG if definite and sure else verdict, matches)
    return Verdict(claim, CANNOT, missing=("figure",))


def _moved(claim: Claim, now: Figure, then: Figure) -> tuple[str, float]:
    """Agreement, and how far the rate moved in the claimed direction."""
    if claim.value is not None:
        return _by(claim, now, then)
    gap = claim.sign * (now.value - then.value) * (-1 if claim.relation == "less" else 1)
    return (MATCH if gap > 0.05 else FAR), gap


def _by(claim: Claim, left: Figure, right: Figure) -> tuple[str, float]:
    """Agreement, and how far the difference or ratio of two figures is from the claimed one."""
    sign = claim.sign * (-1 if claim.relation == "less" else 1)
    if claim.unit in ("times", "percent"):
        ratio = left.value / right.value if right.value else 0.0
        slack = abs(ratio) * (left.slack / abs(left.value or 1.0) + right.slack / abs(right.value or 1.0))
        value, slack = (ratio, slack) if claim.unit == "times" else (sign * 100 * (ratio - 1), 100 * slack)
    else:
        value, slack = sign * (left.value - right.value), left.slack + right.slack
    return agreement(claim, value, slack), value - (claim.value or 0.0)


def _two_sides(
    figures: Figures,
    claim: Claim,
    flow: str,
    freq: str,
    period: str,
    currencies: tuple[str, ...] = ("CNY", "USD"),
) -> tuple[Figure | None, Figure | None]:
    sides = (
        (claim.subject, flow, period),
        (claim.other or claim.subject, claim.other_flow or flow, claim.other_period or period),
    )
    read = {"rate": rate_of, "share": _share}.get(claim.of, _level)
    if claim.basis == "volume":
        read = {"": _quantity, "rate": _rate_of_quantity}.get(claim.of, _share)
    for currency in currencies:
        pair = [read(figures, subject, one_flow, freq, code, currency) for subject, one_flow, code in sides]
        if pair[0] is not None and pair[1] is not None and pair[0].unit == pair[1].unit:
            return pair[0], pair[1]
    return None, None


def _quantity(figures: Figures, subject: Subject, flow: str, freq: str, period: str, currency: str) -> Figure | None:  # noqa: ARG001
    return next(iter(figures.quantities(subject, flow, freq, period)), None)


def _rate_of_quantity(
    figures: Figures,
    subject: Subject,
    flow: str,
    freq: str,
    period: str,
    currency: str,  # noqa: ARG001
) -> Figure | None:
    return next(iter(figures.quantity_changes(subject, flow, freq, period)), None)


def _share(figures: Figures, subject: Subject, flow: str, freq: str, period: str, currency: str) -> Figure | None:
    """The share in the whole, always computed, so that two of them are comparable."""
    known = [
        figure
        for figure in figures.shares(subject, flow, freq, period)
        if figure.origin == "computed" and figure.currency in ("", currency)
    ]
    return next(iter(known), None)


def _level(figures: Figures, subject: Subject, flow: str, freq: str, period: str, currency: str) -> Figure | None:
    known = [
        figure
        for figure in figures.values(subject, flow, freq, period)
        if figure.currency == currency and not figure.first_release
    ]
    return min(known, key=lambda figure: figure.slack, default=None)


def rate_of(figures: Figures, subject: Subject, flow: str, freq: str, period: str, currency: str) -> Figure | None:
    """The growth on a year earlier, published if possible."""
    known = [
        figure
        for figure in figures.changes(subject, flow, freq, period)
        if figure.currency == currency and not figure.first_release
    ]
    return min(known, key=lambda figure: ORIGINS.index(figure.origin), default=None)

"""Compare a claim with the figures that it may mean: plain readings, and others that a writer may have meant."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from trade.measures import comparability
from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.judging.agreement import CLOSE, FAR, MATCH, agreement
from trade.measures.claims.judging.candidate_values import Figure, Figures
from trade.measures.claims.judging.matches import FLOWS, Match, flows_of, newest_periods, periods_of, subjects_of
from trade.measures.claims.parsing.periods import month_before, year_before


def matches_of(
    figures: Figures,
    claim: Claim,
    periods: list[tuple[str, str]],
    flows: tuple[str, ...],
    subjects: list[tuple[Subject, str]],
    reason: str = "",
) -> Iterator[Match]:
    """Compare the claim with every figure that it may mean in these periods."""
    for freq, period in periods:
        for flow in flows:
            for subject, name in subjects:
                for figure in _figures(figures, claim, subject, flow, freq, period):
                    candidate = dataclasses.replace(figure, definition=name) if name else figure
                    if in_stated_currency(claim, candidate):
                        yield _compared(claim, candidate, reason)


def in_stated_currency(claim: Claim, figure: Figure) -> bool:
    """Whether the figure is in the claimed currency; true if either has none, and for shares and contributions."""
    return (
        not claim.currency
        or not figure.currency
        or figure.currency == claim.currency
        or figure.kind in ("share", "contribution")
    )


def _figures(figures: Figures, claim: Claim, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
    frame = claim.frame
    if frame == "value":
        if claim.basis == "volume":
            yield from (
                figure
                for figure in figures.quantities(subject, flow, freq, period)
                if _same_unit(claim.unit, figure.unit)
            )
        else:
            yield from figures.values(subject, flow, freq, period)
    elif claim.side and frame in ("change", "direction", "amount"):
        yield from _balance_changes(figures, claim, subject, freq, period)
    elif frame in ("change", "direction"):
        yield from _changes(figures, claim, subject, flow, freq, period)
    elif frame == "amount":
        yield from _amounts(figures, subject, flow, freq, period, claim.base)
    elif frame == "share":
        if claim.other_flow:
            yield from _flow_shares(figures, claim.other_flow, flow, freq, period)
        else:
            yield from figures.shares(subject, flow, freq, period)
    elif frame == "contribution":
        yield from figures.contributions(subject, flow, freq, period)
    elif frame in ("share_change", "share_direction"):
        yield from _share_changes(figures, subject, flow, freq, period, claim.base or year_before(period))


def _balance_changes(figures: Figures, claim: Claim, subject: Subject, freq: str, period: str) -> Iterator[Figure]:
    """Change of a surplus or a deficit, in per cent or money; nothing if the balance had the other sign at a time."""
    base = claim.base or (month_before(period) if claim.against == "mom" and freq == "M" else year_before(period))
    for now, then in _pairs(figures, subject, "balance", freq, period, base):
        before, after = claim.side * then.value, claim.side * now.value
        if before <= 0 or after <= 0:
            continue
        slack = now.slack + then.slack
        rate = claim.frame == "change"
        yield dataclasses.replace(
            now,
            kind=("surplus" if claim.side > 0 else "deficit") + ("_change" if rate else "_amount"),
            value=100 * (after / before - 1) if rate else after - before,
            unit="percent" if rate else now.unit,
            slack=max(100 * slack / before, 0.05) if rate else slack,
            origin="computed" if now.sure and then.sure else now.origin,
            base=base if claim.base else "",
        )


def _same_unit(claimed: str, stored: str) -> bool:
    pieces = ("units", "sets", "pairs")
    return claimed == stored or (claimed in pieces and stored in pieces and "pairs" not in (claimed, stored))


def _changes(figures: Figures, claim: Claim, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
    if claim.against == "mom":
        if freq == "M":
            yield from _between(figures, subject, flow, freq, period, month_before(period))
        return
    if claim.base:
        if freq == "A" and claim.base < period:
            yield from _between(figures, subject, flow, freq, period, claim.base)
        return
    if claim.basis == "volume":
        yield from figures.quantity_changes(subject, flow, freq, period)
    else:
        yield from figures.changes(subject, flow, freq, period)


def _pairs(
    figures: Figures, subject: Subject, flow: str, freq: str, period: str, base: str
) -> Iterator[tuple[Figure, Figure]]:
    """Comparable figures of a period and its base: same currency and vintage, without a break between them."""
    before = list(figures.values(subject, flow, freq, base))
    for now in figures.values(subject, flow, freq, period):
        for then in before:
            alike = now.currency == then.currency and now.first_release == then.first_release
            breaks = "mirror" in (now.origin, then.origin) or _changes_source(now, then)
            breaks = breaks or (now.measure == "released") != (then.measure == "released")
            if alike and not breaks and then.value:
                yield now, then


def _changes_source(now: Figure, then: Figure) -> bool:
    """Whether only one of two figures is from before the customs tables, and their sources are not comparable."""
    years = int(now.period[:4]) - int(then.period[:4])
    unlike = (now.origin == "history") != (then.origin == "history")
    return unlike and bool(comparability.break_over(years, "", "", now.source_id, then.source_id))


def _between(figures: Figures, subject: Subject, flow: str, freq: str, period: str, base: str) -> Iterator[Figure]:
    usual_bases = (year_before(period), month_before(period)) if freq == "M" else (year_before(period),)
    for now, then in _pairs(figures, subject, flow, freq, period, base):
        if ((now.value > 0) == (then.value > 0) and now.source_title == then.source_title) or subject == WORLD:
            ratio = now.value / then.value
            slack = 100 * ratio * (now.slack / abs(now.value) + then.slack / abs(then.value))
            origin = "history" if now.origin == "history" else "computed"
            yield dataclasses.replace(
                now,
                kind="change",
                value=100 * (ratio - 1),
                unit="percent",
                slack=max(slack, 0.05),
                origin=origin,
                base="" if base in usual_bases else base,
                source_id=" ".join(dict.fromkeys((now.source_id, then.source_id))),
            )


def _amounts(figures: Figures, subject: Subject, flow: str, freq: str, period: str, base: str = "") -> Iterator[Figure]:
    """A change in money, on the year before or on the given base."""
    if subject.kind == "product" and not base:
        for row in figures.goods(subject.code, flow, freq, period):
            if row["value"] is not None and row["base_value"] is not None:
                figure = next(iter(figures.values(subject, flow, freq, period)))
                yield dataclasses.replace(
                    figure,
                    kind="amount",
                    value=row["value"] - row["base_value"],
                    unit=row["currency"],
                    currency=row["currency"],
                    origin="computed",
                    slack=0.004 * row["value"],
                )
        return
    for now, then in _pairs(figures, subject, flow, freq, period, base or year_before(period)):
        change = now.value - then.value
        origin = "computed" if now.sure and then.sure else "history"
        yield dataclasses.replace(
            now, kind="amount", value=change, slack=now.slack + then.slack, origin=origin, base=base
        )


def _flow_shares(figures: Figures, part: str, whole: str, freq: str, period: str) -> Iterator[Figure]:
    """The share of one flow in another, such as exports in all trade."""
    for currency in ("CNY", "USD"):
        numerator, denominator = (
            figures.total(freq, period, part, currency),
            figures.total(freq, period, whole, currency),
        )
        if numerator is not None and denominator:
            levels = [figure for figure in figures.values(WORLD, part, freq, period) if figure.currency == currency]
            yield dataclasses.replace(
                levels[0],
                kind="share",
                value=100 * numerator / denominator,
                unit="percent",
                slack=0.05,
                origin="computed",
            )


def _share_changes(
    figures: Figures, subject: Subject, flow: str, freq: str, period: str, base: str
) -> Iterator[Figure]:
    now, then = (
        [figure for figure in figures.shares(subject, flow, freq, code) if figure.origin != "published"]
        for code in (period, base)
    )
    for share, former in zip(now, then, strict=False):
        if not _changes_source(share, former):
            past = former if former.origin == "history" else share
            yield dataclasses.replace(
                share,
                value=share.value - former.value,
                unit="points",
                slack=0.05 if past.origin == "computed" else share.slack + former.slack,
                origin=past.origin,
                base="" if base == year_before(period) else base,
            )


def _compared(claim: Claim, figure: Figure, reason: str = "") -> Match:
    """Compare a figure with the claimed number, in the claimed direction."""
    if claim.frame in ("direction", "share_direction") or claim.value is None:
        return Match(figure, _direction(claim, figure.value), None, reason)
    directed = (
        claim.side or claim.frame in ("change", "amount", "contribution", "share_change") or claim.flow == "balance"
    )
    sign = (claim.sign or 1) if directed else 1
    if directed and claim.sign == 0:
        return Match(figure, _direction(claim, figure.value), None, reason)
    directed_value = sign * figure.value
    agrees = agreement(claim, directed_value, figure.slack)
    coarse = figure.origin == "published" and figure.kind == "change" and figure.slack > 0.05
    if agrees == MATCH and coarse and claim.bound == "equal" and claim.step < 1 and not claim.rough:
        agrees = CLOSE
    if (
        directed
        and directed_value < 0
        and claim.value > 0
        and agrees != FAR
        and not (claim.value <= 0.1 and agrees == CLOSE)
    ):
        agrees = FAR
    return Match(figure, agrees, figure.value - sign * claim.value, reason)


def _direction(claim: Claim, change: float) -> str:
    """Agreement with a claimed direction; a change that rounds to 0.0 is neither rise nor fall."""
    if claim.sign == 0:
        return MATCH if abs(change) < 0.15 else CLOSE if abs(change) < 1.0 else FAR
    directed_change = claim.sign * change
    return MATCH if directed_change > 0.05 else CLOSE if directed_change > -0.05 else FAR


def other_readings(figures: Figures, claim: Claim) -> Iterator[Match]:
    """Matches with readings that are not literal but possible: the other currency, volume instead of value."""
    periods, flows, subjects = periods_of(figures, claim), flows_of(claim), subjects_of(claim)
    if not claim.period and not claim.base:
        yield from matches_of(figures, claim, newest_periods(figures), flows, subjects, "period")
    if "year" in claim.open:
        # `in May` may mean the May a year before the newest one
        earlier = [(claim.freq, year_before(claim.period))]
        yield from matches_of(figures, claim, earlier, flows, subjects, "period")
    if claim.currency and claim.frame in ("change", "direction") and claim.basis != "volume":
        other = "USD" if claim.currency == "CNY" else "CNY"
        yield from matches_of(figures, dataclasses.replace(claim, currency=other), periods, flows, subjects, "currency")
    yearly = claim.frame in ("change", "direction") and claim.against == "yoy" and not claim.base
    if claim.subject.kind == "product" and yearly and not claim.basis:
        volume = dataclasses.replace(claim, basis="volume", currency="")
        yield from matches_of(figures, volume, periods, flows, subjects, "volume")


def other_flows(figures: Figures, claim: Claim) -> Iterator[Match]:
    """Matches with another flow than the claimed one: shown with the verdict, but without influence on it."""
    if claim.flow in FLOWS and claim.frame in ("value", "change", "share") and claim.subject.kind != "product":
        others = tuple(flow for flow in FLOWS if flow != claim.flow)
        matches = matches_of(figures, claim, periods_of(figures, claim), others, subjects_of(claim), "flow")
        yield from (match for match in matches if match.agrees == MATCH)

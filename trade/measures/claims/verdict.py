"""The verdict on a claim: which figures of the store it may mean, and whether they are what it says.

Six verdicts, few and careful. `right`: a figure, published or computed, is what the words say. `close`: it is off
by rounding, or right in the other currency. `other_definition`: right if something is counted another way.
`wrong`: every reading of the words is wrong. `cannot_be_checked`: the store lacks what it would take. `not_understood`:
the words leave open what is claimed, or hold words that are not known here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trade.errors import TradeError
from trade.measures import comparability
from trade.measures.claims.agreement import CLOSE, FAR, MATCH, agreement
from trade.measures.claims.candidate_values import ORIGINS, Figure, Figures, figures_of
from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.parser import members, parse
from trade.measures.claims.periods import month_before, year_before
from trade.measures.run import run
from trade.store import Store

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
"""Figures shown beside a verdict."""
_HISTORY_WRONG = 0.15
"""Figures of other collections than customs' call a claim wrong only where it is off by more than this part."""


@dataclass(frozen=True)
class Match:
    """A figure beside the claim. `difference`: the figure less the claimed number, in its unit, if there is one."""

    figure: Figure
    agrees: str
    difference: float | None = None
    reason: str = ""
    """Why it is not the plain reading: currency, volume, value, period, flow, or a definition."""


@dataclass(frozen=True)
class Verdict:
    """A claim, what became of it, and the figures that decide; `alternatives` are other readings."""

    claim: Claim
    code: str
    figures: tuple[Match, ...] = ()
    alternatives: tuple[Match, ...] = ()
    missing: tuple[str, ...] = ()
    """Codes of what the store lacks: provinces, services ... `period` or `figure` where it holds no such row;
    `NEAR_CURRENCY` where it lacks nothing, but the number is near in that currency alone which the claim does not name.
    """
    before: tuple[Figure, ...] = ()
    """Of a record: the largest figure of a former period, where customs revised it the revised one before the first."""

    @property
    def deciding(self) -> Match | None:
        """The figure to print."""
        if self.code == OTHER or not self.figures:
            return next(iter(self.alternatives or self.figures), None)
        return self.figures[0]


@dataclass(frozen=True)
class Checked:
    """A sentence and the verdicts on its claims, in their order."""

    text: str
    verdicts: tuple[Verdict, ...]

    @property
    def code(self) -> str:
        """The verdict on the whole sentence: as good as its worst part."""
        return _worst({verdict.code for verdict in self.verdicts})


def _worst(codes: set[str]) -> str:
    return next((code for code in (WRONG, UNCLEAR, CANNOT, OTHER, CLOSE_TO, RIGHT) if code in codes), UNCLEAR)


def check(store: Store, text: str, corrections: dict[int, dict[str, Any]] | None = None) -> Checked:
    """The claims of a sentence and their verdicts. `corrections` replace fields of a claim by its number."""
    figures = figures_of(store)
    claims = parse(store, text, figures.clock)
    for at, fields in (corrections or {}).items():
        if 0 <= at < len(claims):
            claims[at] = claims[at].corrected(**fields)
    return Checked(text, tuple(judge(figures, claim) for claim in claims))


_OPEN = ("subject", "former", "definition")
"""Doubts that leave a claim to be judged, yet never called wrong."""


def judge(figures: Figures, claim: Claim) -> Verdict:
    """The verdict on one claim."""
    if claim.missing:
        return Verdict(claim, CANNOT, missing=claim.missing)
    blocking = tuple(code for code in claim.unsure if code not in _OPEN)
    if claim.unknown or blocking or not claim.frame or claim.frame == "none":
        return Verdict(claim, UNCLEAR, tuple(_shown(figures, claim)))
    plain = _judged(figures, claim)
    if claim.lent is not None:
        near = dataclasses.replace(claim, subject=claim.lent, unsure=blocking)
        told = _judged(figures, near)
        plain = told if told.code == RIGHT and not claim.negated else plain
    open_now = {*plain.claim.unsure} & {"subject", "definition"}
    if (open_now and plain.code == WRONG) or ("former" in claim.unsure and plain.code != RIGHT):
        plain = dataclasses.replace(plain, code=UNCLEAR)
    if claim.mirrored and claim.frame in ("change", "direction") and plain.code == WRONG:
        # `US imports from China fell 28%`: the other side's own report may say so, and is not held here
        plain = dataclasses.replace(plain, code=CANNOT, missing=("third_country",))
    return _denied(plain) if claim.negated else plain


def _denied(verdict: Verdict) -> Verdict:
    """The verdict on the opposite: what is right is wrong; a denied number that is merely near says nothing."""
    code = {RIGHT: WRONG, WRONG: RIGHT}.get(
        verdict.code, UNCLEAR if verdict.code in (CLOSE_TO, OTHER) else verdict.code
    )
    return dataclasses.replace(verdict, code=code)


def _shown(figures: Figures, claim: Claim) -> Iterator[Match]:
    """What the store says of the subject, where the claim itself was not understood or has no number."""
    if not claim.flow or claim.against == "mom" or claim.base:
        return
    for freq, period in _periods(figures, claim):
        for subject, _ in _subjects(claim):
            for make in (figures.values, figures.changes):
                known = [figure for figure in make(subject, claim.flow, freq, period) if _said_currency(claim, figure)]
                yield from (Match(figure, FAR) for figure in known[:1])


def _judged(figures: Figures, claim: Claim) -> Verdict:
    make = {
        "rank": _rank,
        "comparison": _comparison,
        "pace": _pace,
        "record": _record,
        "first_time": _first_time,
        "run": _run,
        "count": _count,
    }.get(claim.frame)
    if claim.record:
        return _record_level(figures, claim)
    return make(figures, claim) if make is not None else _numeric(figures, claim)


# --- numbers: value, change, amount, share, contribution, direction


def _numeric(figures: Figures, claim: Claim) -> Verdict:
    plain = list(_matches(figures, claim, _periods(figures, claim), _flows(claim), _subjects(claim)))
    if not plain:
        return _nothing(figures, claim)
    best = _best(plain)
    if best == MATCH:
        named = _by_list(plain) if claim.subject.kind == "list" else None
        return _sorted(claim, OTHER, *named) if named else _sorted(claim, RIGHT, plain)
    others = list(_other_readings(figures, claim))
    if best == CLOSE:
        return _sorted(claim, CLOSE_TO, plain, others)
    fitting = [match for match in others if match.agrees == MATCH and not _other_way(claim, match)]
    if any(match.reason == "currency" for match in fitting):
        converted = [match for match in fitting if match.reason == "currency"]
        return _sorted(claim, CLOSE_TO, converted, plain)
    if fitting:
        return _sorted(claim, OTHER, plain, fitting)
    others += _other_flows(figures, claim)
    near = any(match.agrees == CLOSE and match.reason != "flow" for match in others)
    dated = claim.period or claim.base
    if near or not dated or not claim.flow or not _settled(claim, plain):
        code, lacking = CANNOT if claim.flow else UNCLEAR, ("period",) if not dated else ()
        other_currency = [match for match in others if match.agrees == CLOSE and match.reason == "currency"]
        if code == CANNOT and dated and plain and other_currency:
            return _sorted(claim, code, plain, other_currency, (NEAR_CURRENCY,))
        return _sorted(claim, code, plain, others, lacking)
    return _sorted(claim, WRONG, plain, others)


def _other_way(claim: Claim, match: Match) -> bool:
    """Whether it is the other currency than the one named in which something rose or fell."""
    return match.reason == "currency" and bool(claim.currency) and claim.frame in ("direction", "share_direction")


def _by_list(plain: list[Match]) -> tuple[list[Match], list[Match]] | None:
    """Where the claim holds for one list of members and not for another: the figures of those, and of the former."""
    fitting = {match.figure.definition for match in plain if match.agrees == MATCH}
    others = [match for match in plain if match.figure.definition not in fitting]
    if not others:
        return None
    return others, [
        dataclasses.replace(match, reason=match.figure.definition)
        for match in plain
        if match.agrees == MATCH and match.figure.definition in fitting
    ]


def _settled(claim: Claim, plain: list[Match]) -> bool:
    """Whether the figures are good enough to call a claim wrong."""
    sure = [match for match in plain if match.figure.sure]
    if sure:
        return True
    past = [match for match in plain if match.figure.origin == "history"]
    said = abs(claim.value or 0.0)
    return bool(past) and all(
        match.figure.kind == "value"
        and abs(match.difference or 0.0) > _HISTORY_WRONG * max(said, abs(match.figure.value))
        for match in past
    )


def _nothing(figures: Figures, claim: Claim) -> Verdict:
    """No figure for the plain reading: what is missing, and what else is known."""
    if claim.freq == "A" and claim.period == str(figures.clock.year):
        newest = f"{figures.clock.year}-{figures.clock.month:02d}"
        partly = list(_matches(figures, claim, [("YTD", newest)], _flows(claim), _subjects(claim), "period"))
        if any(match.agrees == MATCH for match in partly):
            return _sorted(claim, OTHER, [], [match for match in partly if match.agrees == MATCH])
        return _sorted(claim, CANNOT, [], partly, ("period",))
    others = [match for match in _other_readings(figures, claim) if match.agrees == MATCH]
    return _sorted(claim, CANNOT, [], others, ("figure",))


def _best(matches: list[Match]) -> str:
    codes = {match.agrees for match in matches if match.figure.origin != "mirror"}
    return next((code for code in (MATCH, CLOSE, FAR) if code in codes), FAR)


def _sorted(
    claim: Claim, code: str, plain: list[Match], others: list[Match] | None = None, missing: tuple[str, ...] = ()
) -> Verdict:
    """Figures that fit first, then the published, then in the currency said or in yuan, then the nearest."""

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
        tuple(_distinct(sorted(plain, key=order))),
        tuple(_distinct(sorted(others or [], key=order))),
        missing,
    )


def _rank_order(claim: Claim, figure: Figure) -> int:
    """Which way of ranking the words mean first."""
    ways = _PLAIN_RANKS.get(claim.scope, ()) if claim.frame == "rank" else ()
    return ways.index(figure.definition) if figure.definition in ways else len(ways)


def _distinct(matches: list[Match]) -> Iterator[Match]:
    """Each figure once: rows that two sources print alike say the same."""
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


def _periods(figures: Figures, claim: Claim) -> list[tuple[str, str]]:
    """The period said, or the newest year."""
    return [(claim.freq, claim.period)] if claim.period else [("A", str(figures.clock.year - 1))]


def _newest(figures: Figures) -> list[tuple[str, str]]:
    """The year so far and the newest month: what a sentence without a period may mean besides the newest year."""
    month = f"{figures.clock.year}-{figures.clock.month:02d}"
    return [("YTD", month), ("M", month)]


def _flows(claim: Claim) -> tuple[str, ...]:
    return (claim.flow,) if claim.flow else FLOWS


def _subjects(claim: Claim) -> list[tuple[Subject, str]]:
    """The subject; a name that stands for several lists of members gives one subject for each."""
    if claim.subject.kind != "list":
        return [(claim.subject, "")]
    return [(Subject("list", " ".join(codes)), name) for name, codes in members(claim.subject.code)]


def _matches(
    figures: Figures,
    claim: Claim,
    periods: list[tuple[str, str]],
    flows: tuple[str, ...],
    subjects: list[tuple[Subject, str]],
    reason: str = "",
) -> Iterator[Match]:
    """The figures that the claim may mean in these periods, each held against it."""
    for freq, period in periods:
        for flow in flows:
            for subject, name in subjects:
                for figure in _figures(figures, claim, subject, flow, freq, period):
                    named = dataclasses.replace(figure, definition=name) if name else figure
                    if _said_currency(claim, named):
                        yield _held(claim, named, reason)


def _said_currency(claim: Claim, figure: Figure) -> bool:
    """Whether the figure is in the currency that the words name, if it has one and they do."""
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
        yield from _share_changes(figures, subject, flow, freq, period)


def _balance_changes(figures: Figures, claim: Claim, subject: Subject, freq: str, period: str) -> Iterator[Figure]:
    """How much larger a surplus or a deficit is than a year earlier; nothing where it was none at either time."""
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


def _same_unit(said: str, stored: str) -> bool:
    pieces = ("units", "sets", "pairs")
    return said == stored or (said in pieces and stored in pieces and "pairs" not in (said, stored))


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
    """The same thing at two times, of one currency and one quality: no rate is taken across a break."""
    before = list(figures.values(subject, flow, freq, base))
    for now in figures.values(subject, flow, freq, period):
        for then in before:
            alike = now.currency == then.currency and now.first_release == then.first_release
            breaks = "mirror" in (now.origin, then.origin) or _changes_source(now, then)
            breaks = breaks or (now.measure == "released") != (then.measure == "released")
            if alike and not breaks and then.value:
                yield now, then


def _changes_source(now: Figure, then: Figure) -> bool:
    """Whether the history before customs' tables is held against these, over too few years for their difference."""
    years = int(now.period[:4]) - int(then.period[:4])
    unlike = (now.origin == "history") != (then.origin == "history")
    return unlike and bool(comparability.break_over(years, "", "", now.source_id, then.source_id))


def _between(figures: Figures, subject: Subject, flow: str, freq: str, period: str, base: str) -> Iterator[Figure]:
    near = (year_before(period), month_before(period)) if freq == "M" else (year_before(period),)
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
                base="" if base in near else base,
                source_id=" ".join(dict.fromkeys((now.source_id, then.source_id))),
            )


def _amounts(figures: Figures, subject: Subject, flow: str, freq: str, period: str, base: str = "") -> Iterator[Figure]:
    """A change in money, on the year before or on the base that is named."""
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
    """Exports or imports as a part of all trade."""
    for currency in ("CNY", "USD"):
        above, below = figures.total(freq, period, part, currency), figures.total(freq, period, whole, currency)
        if above is not None and below:
            levels = [figure for figure in figures.values(WORLD, part, freq, period) if figure.currency == currency]
            yield dataclasses.replace(
                levels[0], kind="share", value=100 * above / below, unit="percent", slack=0.05, origin="computed"
            )


def _share_changes(figures: Figures, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
    now = [figure for figure in figures.shares(subject, flow, freq, period) if figure.origin == "computed"]
    then = [
        figure for figure in figures.shares(subject, flow, freq, year_before(period)) if figure.origin == "computed"
    ]
    for share, former in zip(now, then, strict=False):
        yield dataclasses.replace(share, value=share.value - former.value, unit="points", slack=0.05)


def _held(claim: Claim, figure: Figure, reason: str = "") -> Match:
    """A figure against the claimed number, in the direction that the words name."""
    if claim.frame in ("direction", "share_direction") or claim.value is None:
        return Match(figure, _direction(claim, figure.value), None, reason)
    speaks = (
        claim.side or claim.frame in ("change", "amount", "contribution", "share_change") or claim.flow == "balance"
    )
    sign = (claim.sign or 1) if speaks else 1
    if speaks and claim.sign == 0:
        return Match(figure, _direction(claim, figure.value), None, reason)
    along = sign * figure.value
    agrees = agreement(claim, along, figure.slack)
    coarse = figure.origin == "published" and figure.kind == "change" and figure.slack > 0.05
    if agrees == MATCH and coarse and claim.bound == "equal" and claim.step < 1 and not claim.rough:
        agrees = CLOSE
    if speaks and along < 0 and claim.value > 0 and agrees != FAR and not (claim.value <= 0.1 and agrees == CLOSE):
        agrees = FAR
    return Match(figure, agrees, figure.value - sign * claim.value, reason)


def _direction(claim: Claim, change: float) -> str:
    """A rise is above zero; what rounds to 0.0 is neither."""
    if claim.sign == 0:
        return MATCH if abs(change) < 0.15 else CLOSE if abs(change) < 1.0 else FAR
    along = claim.sign * change
    return MATCH if along > 0.05 else CLOSE if along > -0.05 else FAR


def _other_readings(figures: Figures, claim: Claim) -> Iterator[Match]:
    """Readings that the words do not say but a writer may have meant: the other currency, volume for value."""
    periods, flows, subjects = _periods(figures, claim), _flows(claim), _subjects(claim)
    if not claim.period and not claim.base:
        yield from _matches(figures, claim, _newest(figures), flows, subjects, "period")
    if "year" in claim.open:
        # `in May` may be the May before the newest one
        earlier = [(claim.freq, year_before(claim.period))]
        yield from _matches(figures, claim, earlier, flows, subjects, "period")
    if claim.currency and claim.frame in ("change", "direction") and claim.basis != "volume":
        other = "USD" if claim.currency == "CNY" else "CNY"
        yield from _matches(figures, dataclasses.replace(claim, currency=other), periods, flows, subjects, "currency")
    yearly = claim.frame in ("change", "direction") and claim.against == "yoy" and not claim.base
    if claim.subject.kind == "product" and yearly and not claim.basis:
        volume = dataclasses.replace(claim, basis="volume", currency="")
        yield from _matches(figures, volume, periods, flows, subjects, "volume")


def _other_flows(figures: Figures, claim: Claim) -> Iterator[Match]:
    """What would fit if another flow were meant: shown beside the verdict, never part of it."""
    if claim.flow in FLOWS and claim.frame in ("value", "change", "share") and claim.subject.kind != "product":
        others = tuple(flow for flow in FLOWS if flow != claim.flow)
        matches = _matches(figures, claim, _periods(figures, claim), others, _subjects(claim), "flow")
        yield from (match for match in matches if match.agrees == MATCH)


# --- ranks, comparisons


_PLAIN_RANKS = {"partner": ("blocs", "economies"), "country": ("economies",), "": ("economies", "blocs")}


def _rank(figures: Figures, claim: Claim) -> Verdict:
    matches = []
    periods = _periods(figures, claim) if claim.period else [*_periods(figures, claim), _newest(figures)[0]]
    for freq, period in periods:
        for flow in _flows(claim):
            for figure in _ranks(figures, claim, flow, freq, period):
                if figure.period != periods[0][1]:
                    matches.append(_ranked(claim, figure, "period"))
                else:
                    usual = figure.definition in _PLAIN_RANKS[claim.scope] or (
                        claim.subject.kind == "group" and figure.definition == "blocs"
                    )
                    matches.append(_ranked(claim, figure, "" if usual else figure.definition))
    plain = [match for match in matches if not match.reason]
    others = [match for match in matches if match.reason]
    if not plain:
        return Verdict(claim, CANNOT, (), tuple(others), ("figure",))
    if any(match.agrees == MATCH for match in plain):
        if _single_only(claim, plain):
            named = [dataclasses.replace(match, reason=match.figure.definition) for match in plain]
            return _sorted(claim, OTHER, plain, [match for match in named if match.agrees == MATCH])
        return _sorted(claim, RIGHT, plain)
    fitting = [match for match in others if match.agrees == MATCH]
    if fitting:
        return _sorted(claim, OTHER, plain, fitting)
    return _sorted(claim, WRONG if claim.flow else UNCLEAR, plain, others)


def _ranks(figures: Figures, claim: Claim, flow: str, freq: str, period: str) -> Iterator[Figure]:
    if not claim.within:
        yield from figures.ranks(claim.subject, flow, freq, period)
        return
    lists = members(claim.within)
    codes = lists[0][1] if len(lists) == 1 else figures.members(claim.within, int(period[:4])) if not lists else []
    for figure in figures.ranks_within(claim.subject, codes, flow, freq, period):
        yield dataclasses.replace(figure, within=claim.within)


def _single_only(claim: Claim, plain: list[Match]) -> bool:
    """Among trading partners customs counts the EU and ASEAN as one each: a rank that holds only without is another."""
    agrees = {match.figure.definition: match.agrees for match in plain}
    return claim.scope == "partner" and agrees.get("economies") == MATCH and agrees.get("blocs") == FAR


def _ranked(claim: Claim, figure: Figure, reason: str) -> Match:
    said = claim.value or 0.0
    top = {"at most": figure.value <= said, "at least": figure.value >= said}.get(claim.bound, figure.value == said)
    return Match(figure, MATCH if top else FAR, figure.value - said, reason)


def _comparison(figures: Figures, claim: Claim) -> Verdict:
    """Which of two is larger; what lies within what the figures leave open is not decided."""
    if claim.value is not None:
        return _compared_by(figures, claim)
    matches: list[Match] = []
    codes: set[str] = set()
    for freq, period in _periods(figures, claim):
        for flow in _flows(claim):
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
            for freq, period in _periods(figures, claim)
            for flow in _flows(claim)
        ]
        known = [(left, right) for left, right in before if left is not None and right is not None]
        if not known:
            return Verdict(claim, CANNOT, tuple(matches), missing=("history",))
        if any(left.value > right.value for left, right in known):
            # it was the larger one already
            matches += [Match(side, FAR) for pair in known for side in pair]
            code = WRONG
    return Verdict(claim, code if sure else CANNOT, tuple(matches))


def _compared_by(figures: Figures, claim: Claim) -> Verdict:
    """By how much, or how many times, one of two is more than the other, in a currency that may be meant."""
    answers: list[tuple[str, tuple[Match, Match]]] = []
    currencies = (claim.currency,) if claim.currency else ("CNY", "USD")
    for freq, period in _periods(figures, claim):
        for flow in _flows(claim):
            for currency in currencies:
                pair = _two_sides(figures, claim, flow, freq, period, (currency,))
                if pair[0] is not None and pair[1] is not None:
                    code, gap = _by(claim, pair[0], pair[1])
                    answers.append((code, (Match(pair[0], code, gap), Match(pair[1], code, -gap))))
    if not answers:
        return Verdict(claim, CANNOT, missing=("figure",))
    best = next(code for code in (MATCH, CLOSE, FAR) if any(code == one for one, _ in answers))
    matches = tuple(match for code, pair in answers if code == best for match in pair)
    sure = all(match.figure.sure for match in matches) and bool(claim.period and claim.flow)
    verdict = {MATCH: RIGHT, CLOSE: CLOSE_TO, FAR: WRONG if sure else CANNOT}[best]
    return Verdict(claim, verdict, matches, missing=("period",) if verdict == CANNOT else ())


def _pace(figures: Figures, claim: Claim) -> Verdict:
    """Whether growth quickened or slowed: of a month on the month before, of a year on the year before, of the year so
    far on either; called wrong only where the words say by how much."""
    freq, period = _periods(figures, claim)[0]
    bases = [month_before(period)] if freq == "M" or (freq == "YTD" and not period.endswith("-01")) else []
    if freq in ("A", "YTD") and claim.against != "mom":
        bases.append(year_before(period))
    pairs: list[tuple[str, tuple[Match, Match]]] = []
    for base in bases:
        against = dataclasses.replace(claim, other_period=base)
        for flow in _flows(claim):
            for currency in (claim.currency,) if claim.currency else ("CNY", "USD"):
                now, then = _two_sides(figures, against, flow, freq, period, (currency,))
                if now is not None and then is not None:
                    code, gap = _moved(claim, now, then)
                    pairs.append((code, (Match(now, code, gap), Match(then, code, -gap))))
    for code, verdict in ((MATCH, RIGHT), (CLOSE, CLOSE_TO), (FAR, UNCLEAR)):
        matches = tuple(match for one, pair in pairs if one == code for match in pair)
        if matches:
            surely = code == FAR and claim.value is not None and len(bases) == 1 and bool(claim.period)
            sure = all(match.figure.sure for match in matches)
            return Verdict(claim, WRONG if surely and sure else verdict, matches)
    return Verdict(claim, CANNOT, missing=("figure",))


def _moved(claim: Claim, now: Figure, then: Figure) -> tuple[str, float]:
    """How far a rate moved the way the words say."""
    if claim.value is not None:
        return _by(claim, now, then)
    gap = claim.sign * (now.value - then.value) * (-1 if claim.relation == "less" else 1)
    return (MATCH if gap > 0.05 else FAR), gap


def _by(claim: Claim, left: Figure, right: Figure) -> tuple[str, float]:
    """How far the difference or the ratio of two figures is from the one claimed."""
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
    read = {"rate": _rate, "share": _share}.get(claim.of, _level)
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
    """The part of the whole, computed so that two of them compare."""
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


def _rate(figures: Figures, subject: Subject, flow: str, freq: str, period: str, currency: str) -> Figure | None:
    """The growth on a year earlier, as published where it was."""
    known = [
        figure
        for figure in figures.changes(subject, flow, freq, period)
        if figure.currency == currency and not figure.first_release
    ]
    return min(known, key=lambda figure: ORIGINS.index(figure.origin), default=None)


# --- records, first times, runs, counts


REVISED = "revised"
"""A record on the figures that customs revised since, and none on first releases, or the other way round."""


@dataclass(frozen=True)
class _Standing:
    """A level beside those of all former periods."""

    own: Figure
    agrees: str
    revised: str
    """Whether it is the largest once former levels are taken as customs revised them."""
    before: tuple[Figure, ...]


def _record_level(figures: Figures, claim: Claim) -> Verdict:
    """A level that is said to be a record: one verdict, the worse of the two, with the figures of both."""
    level = _numeric(figures, claim)
    record = _record(figures, dataclasses.replace(claim, frame="record"))
    shown = _distinct([*level.figures, *record.figures, *record.alternatives])
    code = _worst({level.code, record.code})
    # what decides is printed: the figure of the part that is worse
    fitting = record.alternatives if code == record.code == OTHER else level.alternatives
    missing = (*level.missing, *record.missing)
    return Verdict(claim, code, tuple(shown), fitting, missing, record.before)


def _record(figures: Figures, claim: Claim) -> Verdict:
    """The largest of all periods that the store knows, in the currency said or in both."""
    freq, period = _periods(figures, claim)[0]
    known = [
        standing
        for currency in ((claim.currency,) if claim.currency else ("CNY", "USD"))
        if (standing := _standing(figures, claim, freq, period, currency)) is not None
    ]
    if not known or not claim.flow:
        return Verdict(claim, CANNOT, missing=("history",))
    matches = tuple(Match(standing.own, standing.agrees) for standing in known)
    codes = {code for standing in known for code in (standing.agrees, standing.revised)}
    before = known[0].before
    if codes == {MATCH}:
        return Verdict(claim, RIGHT, matches, before=before)
    if codes == {FAR}:
        return Verdict(claim, WRONG, matches, before=before)
    if CLOSE in codes:
        return Verdict(claim, CANNOT, matches, missing=("history",), before=before)
    reasons = [(standing, _only_where(standing, known)) for standing in known if standing.revised == MATCH]
    reasons = reasons or [(standing, REVISED) for standing in known if standing.agrees == MATCH]
    fitting = tuple(Match(standing.own, MATCH, reason=reason) for standing, reason in reasons)
    rest = tuple(match for match in matches if match.figure not in [other.figure for other in fitting])
    return Verdict(claim, OTHER, rest, fitting, before=reasons[0][0].before)


def _only_where(standing: _Standing, known: list[_Standing]) -> str:
    """Where alone a record is one: in one of two currencies, on revised figures."""
    if standing.agrees != MATCH:
        return REVISED
    return f"only_{standing.own.currency}" if len(known) > 1 else ""


def _standing(figures: Figures, claim: Claim, freq: str, period: str, currency: str) -> _Standing | None:
    series = figures.series(claim.subject, claim.flow, freq, currency) if claim.flow else {}
    own = series.get(period)
    former = [figure for code, figure in series.items() if code < period]
    if own is None or len(former) < 5:
        return None
    sign = claim.sign if claim.flow == "balance" else 1
    # only a level that the own one does not exceed can change the answer by its revision
    revised = [
        (sign * figure.value + figure.slack >= sign * own.value and _as_revised(figures, figure)) or figure
        for figure in former
    ]
    first, last = (max(of, key=lambda figure: sign * figure.value) for of in (former, revised))
    agrees, once_revised = (_largest(own, of, sign) for of in (former, revised))
    before = (last,) if agrees == once_revised else (last, first)
    return _Standing(own, agrees, once_revised, before)


def _as_revised(figures: Figures, figure: Figure) -> Figure | None:
    """The level of a year as the next year's published growth implies it; None where it was not revised."""
    if figure.subject != WORLD or figure.flow == "balance" or figure.freq != "A":
        return None
    after = str(int(figure.period) + 1)
    level = figures.total("A", after, figure.flow, figure.currency)
    rate = _rate(figures, WORLD, figure.flow, "A", after, figure.currency)
    if level is None or rate is None or rate.origin != "published":
        return None
    value = level / (1 + rate.value / 100)
    slack = figure.slack + value * 0.0005
    if abs(value - figure.value) <= slack:
        return None
    return dataclasses.replace(
        figure, value=value, slack=slack, origin="implied", source_id=rate.source_id, source_title=rate.source_title,
        source_url=rate.source_url, vintage=rate.vintage,
    )  # fmt: skip


def _largest(own: Figure, former: list[Figure], sign: int) -> str:
    above = [figure for figure in former if sign * figure.value > sign * own.value]
    if any(figure.sure or figure.value > 1.1 * own.value for figure in above):
        return FAR
    doubtful = [figure for figure in former if sign * figure.value + figure.slack >= sign * own.value]
    return CLOSE if doubtful else MATCH


def _first_time(figures: Figures, claim: Claim) -> Verdict:
    """Above a line now, and never before."""
    freq, period = _periods(figures, claim)[0]
    currency = claim.currency or "CNY"
    series = figures.series(claim.subject, claim.flow, freq, currency) if claim.flow else {}
    own, line = series.get(period), claim.value or 0.0
    former = [figure for code, figure in series.items() if code < period]
    if own is None or len(former) < 5 or claim.basis == "volume":
        return Verdict(claim, CANNOT, missing=("history",))
    sign = claim.sign if claim.flow == "balance" else 1
    reached = [figure for figure in former if sign * figure.value > line + figure.slack]
    doubtful = [figure for figure in former if abs(sign * figure.value - line) <= figure.slack]
    difference = own.value - sign * line
    if sign * own.value < line - own.slack or any(figure.sure for figure in reached):
        return Verdict(
            claim, WRONG, (Match(own, FAR, difference),), tuple(Match(figure, FAR) for figure in reached[:3])
        )
    if reached or doubtful:
        return Verdict(claim, CANNOT, (Match(own, CLOSE, difference),), missing=("history",))
    return Verdict(claim, RIGHT, (Match(own, MATCH, difference),))


def _run(figures: Figures, claim: Claim) -> Verdict:
    """Years or months of growth, or of falls, in a row that end with the one claimed, or the newest."""
    freq, period = _periods(figures, claim)[0]
    if claim.unit == "months" and not claim.period:
        freq, period = _newest(figures)[1]
    if freq != {"years": "A", "months": "M"}.get(claim.unit) or not claim.flow:
        return Verdict(claim, CANNOT, missing=("history",))
    matches = []
    open_runs = False
    for currency in (claim.currency,) if claim.currency else ("CNY", "USD"):
        counted = _in_a_row(figures, claim, period, currency)
        if counted is None:
            continue
        length, ended, figure = counted
        agrees = agreement(claim, float(length), 0.0)
        open_runs = open_runs or not ended
        if not ended and length < (claim.value or 0.0):
            agrees = CLOSE
        matches.append(
            Match(
                dataclasses.replace(
                    figure,
                    kind="run" if claim.sign > 0 else "falls",
                    value=float(length),
                    unit=claim.unit,
                    measure="streak" if claim.unit == "years" else "",
                    params={"flow": claim.flow, "currency": currency}
                    if claim.subject == WORLD and claim.unit == "years"
                    else {},
                ),
                agrees,
                length - (claim.value or 0.0),
            )
        )
    if not matches:
        return Verdict(claim, CANNOT, missing=("history",))
    if any(match.agrees == MATCH for match in matches):
        return _sorted(claim, RIGHT, matches)
    return _sorted(claim, CANNOT if open_runs else WRONG, matches, None, ("history",) if open_runs else ())


def _in_a_row(figures: Figures, claim: Claim, period: str, currency: str) -> tuple[int, bool, Figure] | None:
    """How many years or months the run counts, whether its beginning is known, and the rate of its last one."""
    length, last = 0, None
    freq, before = ("A", year_before) if claim.unit == "years" else ("M", month_before)
    while True:
        rates = [
            figure for figure in figures.changes(claim.subject, claim.flow, freq, period) if figure.currency == currency
        ]
        known = [figure for figure in rates if figure.sure or figure.origin == "history"]
        rate = known[0] if known else None
        if rate is None and freq == "A":
            rate = _implied_change(figures, claim, int(period), currency)
        if rate is None:
            return None if last is None else (length, False, last)
        last = last or rate
        if claim.sign * rate.value <= 0:
            return length, True, last
        length, period = length + 1, before(period)


def _implied_change(figures: Figures, claim: Claim, year: int, currency: str) -> Figure | None:
    """The change of a year without a level of its own: its level follows from the next year and its printed rate."""
    if claim.subject != WORLD:
        return None
    rates = [figure for figure in figures.changes(WORLD, claim.flow, "A", str(year + 1)) if figure.currency == currency]
    after, before = (figures.total("A", str(code), claim.flow, currency) for code in (year + 1, year - 1))
    if not rates or after is None or not before:
        return None
    level = after / (1 + rates[0].value / 100)
    return dataclasses.replace(rates[0], period=str(year), value=100 * (level / before - 1), origin="implied")


def _count(figures: Figures, claim: Claim) -> Verdict:
    """How many partners there are, or with how many trade grew."""
    freq, period = _periods(figures, claim)[0]
    if freq != "A" or claim.subject not in (WORLD,) or claim.sign < 0:
        return Verdict(claim, CANNOT, missing=("figure",))
    matches = []
    for flow in _flows(claim):
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
    return _sorted(claim, RIGHT, matches) if fitting else _sorted(claim, UNCLEAR, matches)

"""The verdict on claims that need all former periods: records, first times, and years or months in a row."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from trade.measures.claims.claim_types import WORLD, Claim
from trade.measures.claims.judging.agreement import CLOSE, FAR, MATCH, agreement
from trade.measures.claims.judging.candidate_values import Figure, Figures
from trade.measures.claims.judging.judge_comparisons import rate_of
from trade.measures.claims.judging.judge_numbers import judge_number
from trade.measures.claims.judging.matches import (
    CANNOT,
    OTHER,
    RIGHT,
    WRONG,
    Match,
    Verdict,
    distinct,
    newest_periods,
    periods_of,
    verdict_of,
    worst,
)
from trade.measures.claims.parsing.periods import month_before, year_before

REVISED = "revised"
"""Reason of a match that is a record on revised figures but not on first releases, or the reverse."""


@dataclass(frozen=True)
class _Standing:
    """A level compared with those of all former periods."""

    own: Figure
    agrees: str
    revised: str
    """Agreement with former levels as customs revised them; `agrees` is that with levels as first released."""
    before: tuple[Figure, ...]


def judge_record_level(figures: Figures, claim: Claim) -> Verdict:
    """A level that is claimed to be a record: one verdict, the worse of the two, with the figures of both."""
    level = judge_number(figures, claim)
    record = judge_record(figures, dataclasses.replace(claim, frame="record"))
    shown = distinct([*level.figures, *record.figures, *record.alternatives])
    code = worst({level.code, record.code})
    # the deciding figure, which is printed, is that of the worse part
    fitting = record.alternatives if code == record.code == OTHER else level.alternatives
    missing = (*level.missing, *record.missing)
    return Verdict(claim, code, tuple(shown), fitting, missing, record.before)


def judge_record(figures: Figures, claim: Claim) -> Verdict:
    """The largest of all periods in the store, in the claimed currency or in both."""
    freq, period = periods_of(figures, claim)[0]
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
    """Reason code of a record that holds only in one of two currencies or on revised figures; else empty."""
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
    # only the revision of a former level that is as large can change the answer
    revised = [
        (sign * figure.value + figure.slack >= sign * own.value and _as_revised(figures, figure)) or figure
        for figure in former
    ]
    first, last = (max(of, key=lambda figure: sign * figure.value) for of in (former, revised))
    agrees, once_revised = (_largest(own, of, sign) for of in (former, revised))
    before = (last,) if agrees == once_revised else (last, first)
    return _Standing(own, agrees, once_revised, before)


def _as_revised(figures: Figures, figure: Figure) -> Figure | None:
    """The revised level of a year, implied by the next year's published growth; None if it was not revised."""
    if figure.subject != WORLD or figure.flow == "balance" or figure.freq != "A":
        return None
    after = str(int(figure.period) + 1)
    level = figures.total("A", after, figure.flow, figure.currency)
    rate = rate_of(figures, WORLD, figure.flow, "A", after, figure.currency)
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


def judge_first_time(figures: Figures, claim: Claim) -> Verdict:
    """Above a threshold now, and never before."""
    freq, period = periods_of(figures, claim)[0]
    currency = claim.currency or "CNY"
    series = figures.series(claim.subject, claim.flow, freq, currency) if claim.flow else {}
    own, threshold = series.get(period), claim.value or 0.0
    former = [figure for code, figure in series.items() if code < period]
    if own is None or len(former) < 5 or claim.basis == "volume":
        return Verdict(claim, CANNOT, missing=("history",))
    sign = claim.sign if claim.flow == "balance" else 1
    reached = [figure for figure in former if sign * figure.value > threshold + figure.slack]
    doubtful = [figure for figure in former if abs(sign * figure.value - threshold) <= figure.slack]
    difference = own.value - sign * threshold
    if sign * own.value < threshold - own.slack or any(figure.sure for figure in reached):
        return Verdict(
            claim, WRONG, (Match(own, FAR, difference),), tuple(Match(figure, FAR) for figure in reached[:3])
        )
    if reached or doubtful:
        return Verdict(claim, CANNOT, (Match(own, CLOSE, difference),), missing=("history",))
    return Verdict(claim, RIGHT, (Match(own, MATCH, difference),))


def judge_run(figures: Figures, claim: Claim) -> Verdict:
    """The number of years or months of growth, or of falls, in a row up to the claimed period, or the newest."""
    freq, period = periods_of(figures, claim)[0]
    if claim.unit == "months" and not claim.period:
        freq, period = newest_periods(figures)[1]
    if freq != {"years": "A", "months": "M"}.get(claim.unit) or not claim.flow:
        return Verdict(claim, CANNOT, missing=("history",))
    matches = []
    open_runs = False
    for currency in (claim.currency,) if claim.currency else ("CNY", "USD"):
        run = _in_a_row(figures, claim, period, currency)
        if run is None:
            continue
        length, ended, figure = run
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
        return verdict_of(claim, RIGHT, matches)
    return verdict_of(claim, CANNOT if open_runs else WRONG, matches, None, ("history",) if open_runs else ())


def _in_a_row(figures: Figures, claim: Claim, period: str, currency: str) -> tuple[int, bool, Figure] | None:
    """Length of the run in years or months, whether its beginning is known, and the rate of its last period."""
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
    """The change of a year without a level, whose level is implied by that of the next year and its published rate."""
    if claim.subject != WORLD:
        return None
    rates = [figure for figure in figures.changes(WORLD, claim.flow, "A", str(year + 1)) if figure.currency == currency]
    after, before = (figures.total("A", str(code), claim.flow, currency) for code in (year + 1, year - 1))
    if not rates or after is None or not before:
        return None
    level = after / (1 + rates[0].value / 100)
    return dataclasses.replace(rates[0], period=str(year), value=100 * (level / before - 1), origin="implied")

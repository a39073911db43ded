"""The verdict on a claim: which figures of the store it may mean, and whether they agree with it.

There are six verdicts. `right`: a published or computed figure agrees. `close`: it differs by rounding, or agrees in
the other currency. `other_definition`: right if something is counted another way. `wrong`: every reading of the words
is wrong. `cannot_be_checked`: the store lacks the data. `not_understood`: it is unclear what is claimed, or some words
are unknown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trade.measures.claims.claim_types import Claim
from trade.measures.claims.judging.agreement import FAR
from trade.measures.claims.judging.candidate_values import Figures, figures_of
from trade.measures.claims.judging.judge_comparisons import judge_comparison, judge_pace
from trade.measures.claims.judging.judge_history import judge_first_time, judge_record, judge_record_level, judge_run
from trade.measures.claims.judging.judge_numbers import judge_count, judge_number
from trade.measures.claims.judging.judge_ranks import judge_rank
from trade.measures.claims.judging.matches import (
    CANNOT,
    CLOSE_TO,
    OTHER,
    RIGHT,
    UNCLEAR,
    WRONG,
    Match,
    Verdict,
    periods_of,
    subjects_of,
    worst,
)
from trade.measures.claims.judging.readings import in_stated_currency
from trade.measures.claims.parsing.parser import parse
from trade.store import Store


@dataclass(frozen=True)
class Checked:
    """A sentence and the verdicts on its claims, in their order."""

    text: str
    verdicts: tuple[Verdict, ...]

    @property
    def code(self) -> str:
        """The verdict on the whole sentence: that of its worst part."""
        return worst({verdict.code for verdict in self.verdicts})


def check(store: Store, text: str, corrections: dict[int, dict[str, Any]] | None = None) -> Checked:
    """Parse and judge the claims of a sentence. `corrections`: fields to replace, by index of the claim."""
    figures = figures_of(store)
    claims = parse(store, text, figures.clock)
    for at, fields in (corrections or {}).items():
        if 0 <= at < len(claims):
            claims[at] = claims[at].corrected(**fields)
    return Checked(text, tuple(judge(figures, claim) for claim in claims))


_OPEN = ("subject", "former", "definition")
"""Doubts with which a claim is still judged, but never called wrong."""


def judge(figures: Figures, claim: Claim) -> Verdict:
    """The verdict on one claim."""
    if claim.missing:
        return Verdict(claim, CANNOT, missing=claim.missing)
    blocking = tuple(code for code in claim.unsure if code not in _OPEN)
    if claim.unknown or blocking or not claim.frame or claim.frame == "none":
        return Verdict(claim, UNCLEAR, tuple(_shown(figures, claim)))
    verdict = _judged(figures, claim)
    if claim.lent is not None:
        of_former = dataclasses.replace(claim, subject=claim.lent, unsure=blocking)
        former_verdict = _judged(figures, of_former)
        verdict = former_verdict if former_verdict.code == RIGHT and not claim.negated else verdict
    still_open = {*verdict.claim.unsure} & {"subject", "definition"}
    if (still_open and verdict.code == WRONG) or ("former" in claim.unsure and verdict.code != RIGHT):
        verdict = dataclasses.replace(verdict, code=UNCLEAR)
    if claim.mirrored and claim.frame in ("change", "direction") and verdict.code == WRONG:
        # `US imports from China fell 28%`: the partner's own report, which the store lacks, may say so
        verdict = dataclasses.replace(verdict, code=CANNOT, missing=("third_country",))
    verdict = _graded(verdict)
    return _negated(verdict) if claim.negated else verdict


_MOST_SLIGHT, _LEAST_STRONG = 5.0, 3.0
"""Per cent above which no change is slight, and below which none is sharp."""


def _graded(verdict: Verdict) -> Verdict:
    """The verdict on a change that is right in its direction only: `surged` by 0.5%. It is left open, as no rule says
    what a surge is."""
    sizes = [abs(match.figure.value) for match in verdict.figures if match.figure.unit == "percent"]
    if verdict.code != RIGHT or not verdict.claim.degree or not sizes:
        return verdict
    if min(sizes) <= _MOST_SLIGHT if verdict.claim.degree == "slight" else max(sizes) >= _LEAST_STRONG:
        return verdict
    claim = dataclasses.replace(verdict.claim, unsure=(*verdict.claim.unsure, "degree"))
    return dataclasses.replace(verdict, claim=claim, code=UNCLEAR)


def _negated(verdict: Verdict) -> Verdict:
    """The verdict on a negated claim: right becomes wrong and the reverse; close and other_definition are unclear."""
    code = {RIGHT: WRONG, WRONG: RIGHT}.get(
        verdict.code, UNCLEAR if verdict.code in (CLOSE_TO, OTHER) else verdict.code
    )
    return dataclasses.replace(verdict, code=code)


def _shown(figures: Figures, claim: Claim) -> Iterator[Match]:
    """Levels and changes of the subject, to show if the claim was not understood or has no number."""
    if not claim.flow or claim.against == "mom" or claim.base:
        return
    for freq, period in periods_of(figures, claim):
        for subject, _ in subjects_of(claim):
            for make in (figures.values, figures.changes):
                candidates = make(subject, claim.flow, freq, period)
                known = [figure for figure in candidates if in_stated_currency(claim, figure)]
                yield from (Match(figure, FAR) for figure in known[:1])


def _judged(figures: Figures, claim: Claim) -> Verdict:
    make = {
        "rank": judge_rank,
        "comparison": judge_comparison,
        "pace": judge_pace,
        "record": judge_record,
        "first_time": judge_first_time,
        "run": judge_run,
        "count": judge_count,
    }.get(claim.frame)
    if claim.record:
        return judge_record_level(figures, claim)
    return make(figures, claim) if make is not None else judge_number(figures, claim)

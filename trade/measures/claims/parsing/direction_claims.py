"""Runs of years, records, first times, and changes without a number: `for the ninth year`, `exports fell`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from itertools import pairwise

from trade.measures.claims.claim_types import Claim, Subject
from trade.measures.claims.parsing.clauses import (
    PLACES,
    Clause,
    rate_moved,
    subject_of,
)
from trade.measures.claims.parsing.comparison_claims import DEGREES
from trade.measures.claims.parsing.lexicon import Token
from trade.measures.claims.parsing.number_claims import each_flow_by_itself, of_one_subject
from trade.measures.claims.parsing.number_phrases import bound_of, is_negated

_RATES = ("增幅", "增速", "增长率", "降幅")


_SLIGHT = re.compile(
    r"\b(?:slight|marginal|mild|modest)ly\b|\b(?:edg|tick|inch)(?:e|ed|es|ing)?\b|\bdip|略|小幅|微[增降]"
)
_STRONG = re.compile(
    r"\b(?:sharp|steep|dramatic|massive|substantial|huge|rapid)ly\b"
    r"|\b(?:surg|soar|rocket|skyrocket|plung|plummet|collaps|crash|slump|tumbl|nosediv)"
    r"|大幅|大[增降涨跌]|猛增|激增|飙升|锐减|骤降|暴跌|明显|显著"
)


def claim_of_run(clause: Clause, frame: Claim) -> tuple[Claim, Token] | None:
    """The claim of a run and its number: `the ninth straight year`, `for nine years in a row`, 连续第九年."""
    if not clause.has("run"):
        return None
    mark = clause.of("run")[0]
    numbers = [
        token
        for token in clause.of("number")
        if token.meaning in ("rank", "number") and token.quantity and not token.quantity.scaled
    ]
    if not numbers:
        return None
    token = min(numbers, key=lambda number: abs(number.start - mark.start))
    words = " ".join(other.text.lower() for other in clause.tokens)
    unit = (
        "months"
        if "month" in words or "月" in words
        else "quarters"
        if "quarter" in words or "季" in words
        else "years"
    )
    falls = clause.has("down") and not clause.has("up")
    quantity = token.quantity
    return dataclasses.replace(
        frame,
        frame="run",
        value=quantity.value if quantity else None,
        step=1.0,
        unit=unit,
        sign=-1 if falls else 1,
        printed=f"{token.text} {mark.text}",
        negated=is_negated(clause),
        bound=bound_of(clause, token),
        unsure=frame.unsure if unit in ("years", "months") else (*frame.unsure, "run"),
    ), token


def claims_of_record(clause: Clause, frame: Claim, claims: list[Claim]) -> Iterator[Claim]:
    """A record, or a threshold passed for the first time, in addition to the claim about its number."""
    if clause.has("first time"):
        over = [claim for claim in claims if claim.frame == "value" and claim.value is not None]
        for claim in over:
            yield dataclasses.replace(claim, frame="first_time", bound="over")
        if not over:
            yield dataclasses.replace(frame, frame="first_time", unsure=(*frame.unsure, "first_time"))
    if clause.has("record"):
        yield dataclasses.replace(
            frame, frame="record", sign=frame.sign, printed=clause.of("record")[0].text, negated=is_negated(clause)
        )


def claims_of_direction(clause: Clause, frame: Claim) -> Iterator[Claim]:
    """A change without a number: `exports to Japan fell`, `China sold less to the US in 2025 than in 2024`."""
    for flow in _flows_by_themselves(clause, frame):
        for part, subject in _subjects_by_themselves(clause, frame):
            yield from _direction_in(part, dataclasses.replace(frame, flow=flow, subject=subject))


def _flows_by_themselves(clause: Clause, frame: Claim) -> tuple[str, ...]:
    """Each flow of `exports and imports rose` and `neither exports nor imports fell`; else the clause's only flow."""
    words = {token.text.lower() for token in clause.tokens}
    flows = [token.meaning for token in clause.of("flow")]
    neither = {"neither", "nor"} <= words and {"export", "import"} <= set(flows)
    if neither or each_flow_by_itself(clause) or {"exports and imports", "imports and exports"} & words:
        return "export", "import"
    return (frame.flow,)


def _subjects_by_themselves(clause: Clause, frame: Claim) -> list[tuple[Clause, Subject]]:
    """Each good or place of `exports of cars and toys rose` by itself; else the clause's only subject.

    Two names without a word between them are one: `soybean oil`.
    """
    names = clause.of("product") or clause.of(*PLACES)
    listed = all(second.start - first.end > first.text.isascii() for first, second in pairwise(names))
    if len({token.meaning for token in names}) < 2 or not listed or (clause.of("product") and clause.of(*PLACES)):
        return [(clause, frame.subject)]
    return [
        (Clause([other for other in clause.tokens if other is token or other not in names]), subject_of(token))
        for token in names
    ]


def _degrees_over_time(clause: Clause) -> list[Token]:
    """The word of more or less in a comparison with an earlier period: 出口比2024年多."""
    base = next((token for token in clause.of("period") if token.text.startswith(("比", "较"))), None)
    after = [token for token in clause.tokens if base is not None and token.start > base.start]
    return [token for token in after if token.text in DEGREES][-1:]


def _direction_in(clause: Clause, frame: Claim) -> Iterator[Claim]:
    words = clause.of("up", "down", "flat")
    signs = {"up": 1, "down": -1, "flat": 0}
    directions = {signs[word.category] for word in words}
    if not words:
        more, less = ("more", "higher than", "more than", "larger than"), ("less", "fewer", "lower than", "less than")
        words = [token for token in clause.tokens if token.text.lower() in more + less]
        directions = {1 if word.text.lower() in more else -1 for word in words}
    if not words:
        words = _degrees_over_time(clause)
        directions = {1 if DEGREES[word.text] == "more" else -1 for word in words}
    if not words:
        return
    of_rates = rate_moved(clause) is not None or (
        # 低于出口整体增速: lower than that rate
        clause.of("compare", "bound") and all(word.text in _RATES for word in words)
    )
    unsure = frame.unsure if len(directions) == 1 and not of_rates else (*frame.unsure, "direction")
    text = " ".join(token.text.lower() for token in clause.tokens)
    yield dataclasses.replace(
        of_one_subject(clause, dataclasses.replace(frame, unsure=unsure)),
        frame="direction",
        side=frame.sign if frame.flow == "balance" else 0,
        sign=directions.pop(),
        degree="slight" if _SLIGHT.search(text) else "strong" if _STRONG.search(text) else "",
        printed=words[0].text,
        negated=is_negated(clause),
    )

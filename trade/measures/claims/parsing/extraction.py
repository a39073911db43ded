"""Extract the claims of a clause: numbers by what they measure, ranks, comparisons, records, runs and directions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import pairwise

from trade.measures.claims.claim_types import WORLD, Claim
from trade.measures.claims.parsing.clauses import (
    PLACES,
    Clause,
    Context,
    moved_rate,
    rate_moved,
)
from trade.measures.claims.parsing.comparison_claims import claim_of_comparison
from trade.measures.claims.parsing.direction_claims import claim_of_run, claims_of_direction, claims_of_record
from trade.measures.claims.parsing.lexicon import Token
from trade.measures.claims.parsing.number_claims import claims_of_number, claims_of_times, direction_of_level
from trade.measures.claims.parsing.number_phrases import is_negated
from trade.measures.claims.parsing.periods import month_before, year_before
from trade.measures.claims.parsing.rank_claims import claims_of_rank


def claims_of(clause: Clause, context: Context) -> Iterator[Claim]:
    frame = _with_gaps(clause, context, _base_claim(context))
    if context.flow is None and not clause.of(*PLACES, "product", "rank", "missing", "flow"):
        return
    compared = claim_of_comparison(clause, context, frame)
    if compared is None and clause.has("degree"):
        frame = dataclasses.replace(frame, unsure=(*frame.unsure, "direction"))
    claims = [compared] if compared is not None else []
    claims += _ranks_runs_and_numbers(clause, context, frame, compared is not None)
    claims += [claim for token in clause.of("times") for claim in claims_of_times(clause, frame, token)]
    claims += [claim for token in clause.of("number") for claim in direction_of_level(clause, claims, token)]
    claims = list(_with_pace(clause, frame, claims))
    claims += claims_of_record(clause, frame, claims)
    if not claims:
        claims += claims_of_direction(clause, frame)
    if not claims and clause.of("balance") and frame.flow == "balance":
        # `ran a deficit with Brazil`: that there is one; `was smaller than in 2024` says more
        if clause.of("compare", "bound", "than", "degree"):
            frame = dataclasses.replace(frame, unsure=(*frame.unsure, "direction"))
        claims.append(dataclasses.replace(frame, value=0.0, unit="money", bound="over", negated=is_negated(clause)))
    if not claims and context.flow:
        claims.append(dataclasses.replace(frame, frame="none"))
    yield from claims


def _ranks_runs_and_numbers(clause: Clause, context: Context, frame: Claim, compared: bool) -> Iterator[Claim]:
    """Claims of a rank, of a number of years in a row, and of every other number that is not part of a comparison."""
    ranks = claims_of_rank(clause, context, frame)
    run = claim_of_run(clause, frame)
    if not compared:
        yield from ranks
    if run is not None:
        yield run[0]
    for token in clause.of("number"):
        read = (bool(ranks) and token.meaning == "rank") or (run is not None and token is run[1])
        if not (read or compared or token.quantity is None or _counts_members(clause, token)):
            yield from claims_of_number(clause, context, frame, token)


def _with_pace(clause: Clause, frame: Claim, claims: list[Claim]) -> Iterator[Claim]:
    """Add the claim that a rate moved, and by how much: `Export growth slowed to 6.1%`, 增速回落1个百分点."""
    moved = moved_rate(clause)
    newest = _newer_of_two(claims)
    frame = frame if newest is None else dataclasses.replace(frame, period=newest.period, freq=newest.freq, base="")
    alone = (len(claims) <= 1 or newest is not None) and all(
        claim.frame in ("change", "contribution") for claim in claims
    )
    if moved is None or moved[1].category == "flat" or not alone or clause.has("compare") or clause.has("than"):
        yield from claims
        return
    pace = dataclasses.replace(
        frame,
        frame="pace",
        of="rate",
        relation="more" if moved[1].category in ("up", "faster") else "less",
        sign=-1 if moved[0].category == "down" else 1,
        printed=moved[1].text,
        negated=is_negated(clause),
        unsure=tuple(code for code in frame.unsure if code != "direction"),
    )
    points = next((claim for claim in claims if claim.unit == "points" and "points" in claim.unsure), None)
    level = next((claim for claim in claims if claim.frame == "change" and "direction" not in claim.unsure), None)
    if points is not None:
        yield dataclasses.replace(
            pace, value=points.value, step=points.step, top=points.top, bound=points.bound, unit="points",
            printed=points.printed,
        )  # fmt: skip
    elif level is not None or not claims:
        yield from claims
        yield pace
    else:
        yield from claims


def _newer_of_two(claims: list[Claim]) -> Claim | None:
    """The newer rate of two, that of 2025 in `slowed to 6.1% in 2025 from 7.1% in 2024`."""
    if len(claims) != 2 or not all(claim.period for claim in claims):
        return None
    older, newer = sorted(claims, key=lambda claim: claim.period)
    return newer if year_before(newer.period) == older.period and newer.freq == older.freq else None


def _counts_members(clause: Clause, token: Token) -> bool:
    """Whether a number only counts a group's members: `the 27 EU members`, `ten ASEAN countries`, 欧盟27国."""
    quantity = token.quantity
    if quantity is None or quantity.kind != "number" or quantity.scaled or quantity.currency or quantity.value > 99:
        return False
    beside = [*clause.before(token), *clause.after(token, 2)]
    words = set(" ".join(other.text.lower() for other in clause.after(token, 3)).split())
    of_members = bool(words & {"members", "member", "countries", "nations", "states", "economies", "国", "成员国"})
    return of_members and any(other.category in ("group", "list") for other in beside)


def _of_largest_change(clause: Clause) -> bool:
    """Whether the clause ranks changes, not levels: `the largest decline`, `grew most`."""
    words = [token for token in clause.tokens if token.category != "neutral" or token.text.lower() in ("most", "least")]
    pairs = list(pairwise(words))
    largest = any(first.category == "rank" and second.category in ("up", "down") for first, second in pairs)
    most = any(first.category in ("up", "down") and second.text.lower() in ("most", "least") for first, second in pairs)
    return largest or most


_EACH, _MEMBERS = {"all", "each", "every", "most"}, {"members", "member", "countries", "nations", "states", "economies"}


def _of_each_member(clause: Clause) -> bool:
    """Whether the clause is about each member of a group, not their sum: `exports to all ASEAN members rose`."""
    words = [token.text.lower() for token in clause.tokens]
    pairs = set(pairwise(words))
    grouped = bool(clause.of("group", "list"))
    return grouped and (bool(_EACH & set(words) and _MEMBERS & set(" ".join(words).split())) or ("most", "of") in pairs)


_ONLY = ("only", "solely", "exclusively", "仅", "只", "只有", "仅有")


def _excludes_others(clause: Clause) -> bool:
    """Whether the clause also says that all others do not: `only exports to the US fell`, `behind only the US`."""
    for token in clause.tokens:
        if token.text.lower() in _ONLY:
            following = [other for other in clause.after(token, 4) if other.category not in ("neutral", "to", "those")]
            if following and following[0].category in (*PLACES, "flow", "deal", "product", "rank"):
                return True
    return False


_SPANS = {"day": "", "week": "", "month": "M", "quarter": "Q", "year": "A"}
"""Frequencies by unit of time: `$35 bn a month` is an average, unless the figure is that of a single month."""


def _with_gaps(clause: Clause, context: Context, frame: Claim) -> Claim:
    """Add what the store cannot answer and what the words leave unclear, as far as it concerns the whole clause."""
    spans = [_SPANS[token.meaning] for token in clause.of("each")]
    averaged = any(not freq or freq != (frame.freq or "A") or frame.base for freq in spans)
    somewhere = context.somewhere and frame.subject == WORLD
    if rate_moved(clause) is not None and not clause.has("mom"):
        frame = dataclasses.replace(frame, base="", against="yoy")  # `from 26.9% in June`: a rate of June, no base
    paced = bool(clause.of("faster", "slower")) and rate_moved(clause) is None  # `exports slowed`: they may still grow
    doubts = [
        code
        for code, holds in (
            ("place", somewhere), ("direction", paced), ("places", _of_each_member(clause)),
            ("only", _excludes_others(clause)),
        )
        if holds
    ]  # fmt: skip
    gaps = [code for code, holds in (("adjusted", averaged), ("history_views", _of_largest_change(clause))) if holds]
    return dataclasses.replace(
        frame,
        missing=(*frame.missing, *gaps),
        unsure=(*frame.unsure, *doubts),
    )


def _base_of(context: Context) -> tuple[str, str, tuple[str, ...]]:
    """The base year of a change if it is not the year before, the comparison (yoy or mom), and doubts."""
    period, base = context.period, context.base
    usual = context.against or "yoy"
    if base is None:
        return "", usual, ()
    if base.freq == "A" and (period is None or period.freq == "A"):
        return ("" if period is not None and base.code == year_before(period.code) else base.code), usual, ()
    # a month against the year before, or against the same month of it
    if period is not None and base.code in (year_before(period.code), year_before(period.code)[:4]):
        return "", "yoy", ()
    if period is not None and period.freq == base.freq == "M" and base.code == month_before(period.code):
        return "", "mom", ()
    return "", usual, ("period",)


def _base_claim(context: Context) -> Claim:
    period = context.period
    changed, against, unsure = _base_of(context)
    flow = context.flow or ""
    return Claim(
        "value",
        context.subject or WORLD,
        flow,
        period.code if period else "",
        period.freq if period else "",
        changed,
        currency=context.currency,
        basis=context.basis,
        against=against,
        sign=context.sign,
        seller=context.seller,
        buyer=context.buyer,
        mirrored=context.mirrored,
        missing=context.missing,
        lent=context.lent,
        unsure=(*context.unsure, *unsure),
        open=tuple(
            name
            for name, is_open in (
                ("flow", not flow),
                ("period", period is None),
                ("currency", not context.currency),
                ("year", bool(period and period.assumed == "year")),
                ("now", bool(period and period.assumed == "now")),
            )
            if is_open
        ),
    )

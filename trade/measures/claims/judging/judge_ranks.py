"""The verdict on a rank among China's markets, suppliers and partners."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from trade.measures.claims.claim_types import Claim
from trade.measures.claims.judging.agreement import FAR, MATCH
from trade.measures.claims.judging.candidate_values import Figure, Figures
from trade.measures.claims.judging.matches import (
    CANNOT,
    OTHER,
    PLAIN_RANKS,
    RIGHT,
    UNCLEAR,
    WRONG,
    Match,
    Verdict,
    flows_of,
    newest_periods,
    periods_of,
    verdict_of,
)
from trade.measures.claims.parsing.parser import members


def judge_rank(figures: Figures, claim: Claim) -> Verdict:
    matches = []
    periods = periods_of(figures, claim) if claim.period else [*periods_of(figures, claim), newest_periods(figures)[0]]
    for freq, period in periods:
        for flow in flows_of(claim):
            for figure in _ranks(figures, claim, flow, freq, period):
                if figure.period != periods[0][1]:
                    matches.append(_ranked(claim, figure, "period"))
                else:
                    usual = figure.definition in PLAIN_RANKS[claim.scope] or (
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
            return verdict_of(claim, OTHER, plain, [match for match in named if match.agrees == MATCH])
        return verdict_of(claim, RIGHT, plain)
    fitting = [match for match in others if match.agrees == MATCH]
    if fitting:
        return verdict_of(claim, OTHER, plain, fitting)
    return verdict_of(claim, WRONG if claim.flow else UNCLEAR, plain, others)


def _ranks(figures: Figures, claim: Claim, flow: str, freq: str, period: str) -> Iterator[Figure]:
    if not claim.within:
        yield from figures.ranks(claim.subject, flow, freq, period)
        return
    lists = members(claim.within)
    codes = lists[0][1] if len(lists) == 1 else figures.members(claim.within, int(period[:4])) if not lists else []
    for figure in figures.ranks_within(claim.subject, codes, flow, freq, period):
        yield dataclasses.replace(figure, within=claim.within)


def _single_only(claim: Claim, plain: list[Match]) -> bool:
    """Whether a rank among trading partners holds only for single economies: customs counts the EU and ASEAN as one."""
    agrees = {match.figure.definition: match.agrees for match in plain}
    return claim.scope == "partner" and agrees.get("economies") == MATCH and agrees.get("blocs") == FAR


def _ranked(claim: Claim, figure: Figure, reason: str) -> Match:
    claimed = claim.value or 0.0
    fits = {"at most": figure.value <= claimed, "at least": figure.value >= claimed}.get(
        claim.bound, figure.value == claimed
    )
    return Match(figure, MATCH if fits else FAR, figure.value - claimed, reason)

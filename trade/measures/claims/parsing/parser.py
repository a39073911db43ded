"""Parse the claims of a sentence with rules over tokens, English and Chinese, without a model or a network."""

from __future__ import annotations

import dataclasses

from trade.measures.claims.claim_types import Claim
from trade.measures.claims.parsing.clauses import (
    cut_clauses,
    read_context,
    share_context,
    without_contrast,
    without_general_words,
)
from trade.measures.claims.parsing.extraction import claims_of
from trade.measures.claims.parsing.lexicon import Token, normalise, terms, tokens
from trade.measures.claims.parsing.parallel_lists import unfolded
from trade.measures.claims.parsing.periods import Clock
from trade.store import Store

LONGEST = 300
"""Most characters of a sentence; the rest is ignored."""


def parse(store: Store, text: str, clock: Clock) -> list[Claim]:
    """The claims of a sentence, in their order; none if it states nothing about trade."""
    sentence = normalise(text[:LONGEST])
    clauses = cut_clauses(unfolded(without_contrast(without_general_words(tokens(store, sentence, clock)))))
    contexts = [read_context(clause) for clause in clauses]
    share_context(contexts)
    claims = [claim for clause, context in zip(clauses, contexts, strict=True) for claim in claims_of(clause, context)]
    read = [token for clause in clauses for token in clause.tokens]
    return _with_doubts(_doubt_negative_questions(_records_with_their_level(_counted_alike(claims)), sentence), read)


def _records_with_their_level(claims: list[Claim]) -> list[Claim]:
    """Merge the claim of a record with that of its level, for a single verdict: `a record $1.189 trillion`."""
    joined: list[Claim] = []
    for claim in claims:
        at = _level_of(claim, joined)
        if at is None:
            joined.append(claim)
        else:
            joined[at] = dataclasses.replace(joined[at], record=True)
    return joined


def _level_of(record: Claim, former: list[Claim]) -> int | None:
    """The index, among the previous claims, of the level that this claim calls a record; None if there is none."""
    if record.frame != "record" or record.negated or record.missing:
        return None
    key = (record.subject, record.flow, record.freq, record.period)
    for at in reversed(range(len(former))):
        level = former[at]
        if level.frame == "value" and level.unit in ("CNY", "USD", "money") and not level.negated:
            same = key == (level.subject, level.flow, level.freq, level.period)
            return at if same and record.currency in ("", level.currency) else None
    return None


def _doubt_negative_questions(claims: list[Claim], sentence: str) -> list[Claim]:
    """Mark negated claims of questions as unsure: `Didn't exports fall?` does not claim that they did not."""
    if not sentence.endswith("?"):
        return claims
    return [
        dataclasses.replace(claim, unsure=(*claim.unsure, *(("question",) if claim.negated else ())))
        for claim in claims
    ]


def _counted_alike(claims: list[Claim]) -> list[Claim]:
    """Let a rate have the basis of the level with it: in `rose 6.5% to 111.8 million tonnes`, volume."""
    counted = {
        (claim.subject, claim.flow, claim.period)
        for claim in claims
        if claim.frame == "value" and claim.basis == "volume"
    }
    priced = {
        (claim.subject, claim.flow, claim.period)
        for claim in claims
        if claim.frame == "value" and claim.unit in ("CNY", "USD")
    }
    return [
        dataclasses.replace(claim, basis="volume")
        if claim.frame == "change" and not claim.basis and (claim.subject, claim.flow, claim.period) in counted - priced
        else claim
        for claim in claims
    ]


def _with_doubts(claims: list[Claim], tokens: list[Token]) -> list[Claim]:
    """Add the words that were not understood; a sentence without claims gets one with frame `none`."""
    unknown = tuple(dict.fromkeys(token.text for token in tokens if token.category == "unknown"))
    if not claims:
        missing = tuple(dict.fromkeys(token.meaning for token in tokens if token.category == "missing"))
        return [Claim("none", missing=missing, unknown=unknown)]
    return [dataclasses.replace(claim, unknown=unknown) for claim in claims]


def members(code: str) -> list[tuple[str, list[str]]]:
    """The lists of members that a name may mean, each as (name of the list, codes)."""
    return [(name, codes.split()) for name, codes in terms()["lists"].items() if name.startswith(code)]

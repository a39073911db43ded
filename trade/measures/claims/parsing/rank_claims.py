"""Ranks among China's markets, suppliers and partners: `the largest market in Africa`, 第二大贸易伙伴."""

from __future__ import annotations

import dataclasses

from trade.measures.claims.claim_types import Claim, Subject
from trade.measures.claims.parsing.clauses import (
    PLACES,
    Clause,
    Context,
    subject_of,
)
from trade.measures.claims.parsing.lexicon import Token
from trade.measures.claims.parsing.number_phrases import is_negated


def claim_of_rank(clause: Clause, context: Context, frame: Claim) -> Claim | None:
    """The claim of a rank among markets, suppliers or partners; None if there is none."""
    nouns = clause.of("rank")
    noun = next((token for token in nouns if token.meaning == "noun"), None)
    largest = next((token for token in nouns if token.meaning == "largest"), None)
    ordinal = next((token for token in clause.of("number") if token.meaning == "rank"), None)
    verb = next((token for token in nouns if token.meaning == "verb"), None)
    if (
        clause.has("run")
        or (noun is None and largest is None)
        or (largest is None and (ordinal is None or (verb is None and noun is None)))
    ):
        return None
    if noun is None and not clause.of("flow", "deal"):
        return None
    if any(token.meaning in ("percent", "points") for token in clause.of("number")) and largest is None:
        return None
    flow, scope = _rank_flow(clause, noun, frame)
    missing = frame.missing + _rank_owner(clause, largest or noun)
    value = ordinal.quantity.value if ordinal is not None and ordinal.quantity is not None else 1.0
    places = context.places
    if not places and frame.subject.kind in ("economy", "group", "list"):
        places = [frame.subject]
    within = _within(clause, largest or noun)
    places = [place for place in places if place != within] if within is not None else places
    unsure = frame.unsure if len(places) == 1 or context.goods else (*frame.unsure, "places")
    if context.goods:
        missing = (*missing, "product_rank") if places else missing
    gave_up = [token for token in clause.of("down") if token.text.lower() in _GAVE_UP]
    if gave_up and not any(token.text.lower() in _A_RANK for token in clause.after(gave_up[0], 3)):
        unsure = (*unsure, "direction")  # `lost ground as the largest market`
    elif clause.has("from") and clause.of("up", "down"):
        unsure = (*unsure, "direction")  # `fell from first to second`, `slipped from the top spot`
    printed = " ".join(token.text for token in (ordinal, largest, noun) if token is not None)
    return dataclasses.replace(
        frame,
        frame="rank",
        flow=flow,
        subject=places[0] if places else frame.subject,
        value=value,
        step=1.0,
        unit="rank",
        printed=printed,
        negated=is_negated(clause) != bool(gave_up),
        scope=scope,
        within=within.code if within is not None else "",
        missing=missing,
        unsure=unsure,
        mirrored=False,
        open=tuple(name for name in frame.open if name not in ("currency", *(("flow",) if flow else ()))),
    )


_GAVE_UP = ("lose", "loses", "lost", "losing", "失去")
_A_RANK = ("place", "position", "spot", "rank", "status", "title", "crown", "地位")


def _within(clause: Clause, noun: Token | None) -> Subject | None:
    """The group in which a rank is counted: `largest market in Africa`, `largest African partner`, 非洲第一大市场."""
    groups = clause.of("group", "list")
    economies = clause.of("place")
    if len(groups) != 1 or not economies or noun is None:
        return None
    group = groups[0]
    lead = [
        token.text.lower() for token in clause.before(group, 2) if token.text.lower() not in ("the", "china", "china's")
    ]
    inside = bool(lead) and lead[-1] in ("in", "within", "among", "amongst", "inside", "across", "在")
    following = clause.after(group, 4)
    adjective = any(token is noun or token.category == "rank" for token in following) and not any(
        token.category not in ("rank", "neutral", "number", "flow") for token in following[:2]
    )
    return subject_of(group) if inside or adjective else None


def _rank_flow(clause: Clause, noun: Token | None, frame: Claim) -> tuple[str, str]:
    text = noun.text.lower() if noun is not None else ""
    words = " ".join(token.text.lower() for token in clause.tokens)
    country = any(word in words for word in ("country", "countries", "single", "nation", "单一")) or "国" in text
    scope = "country" if country else "partner" if "partner" in text or "伙伴" in text else ""
    if "partner" in text or "伙伴" in text:
        return "total", scope
    if any(word in text for word in ("suppl", "source", "origin", "provider", "seller", "来源", "供应", "import")):
        return "import", scope
    if text:
        return "export", scope
    return frame.flow, scope


def _rank_owner(clause: Clause, noun: Token | None) -> tuple[str, ...]:
    """`third_country` for a rank in another country's trade, `China is Vietnam's largest partner`; else empty."""
    if noun is None:
        return ()
    owners = [token for token in clause.of(*PLACES) if token.owner and token.start < noun.start]
    china = clause.of("china")
    if owners and china and not any(token.owner for token in china):
        return ("third_country",)
    after = [token for token in clause.of(*PLACES) if token.start > noun.start and not token.owner]
    if after and china and china[0].start < noun.start and not any(token.owner for token in china):
        lead = [token.text.lower() for token in clause.before(after[0], 2)]
        if "of" in lead or "for" in lead or "to" in lead:
            return ("third_country",)
    chinese = [token for token in china if not token.text.isascii()]
    place = clause.of(*PLACES)
    if (
        chinese
        and place
        and chinese[0].start < place[0].start
        and any(
            token.category == "neutral"
            and token.text in ("是", "为", "成为")
            and chinese[0].start < token.start < place[0].start
            for token in clause.tokens
        )
    ):
        return ("third_country",)
    return ()


def rank_noun_flow(clause: Clause) -> str:
    noun = next((token for token in clause.of("rank") if token.meaning == "noun"), None)
    return _rank_flow(clause, noun, Claim("rank"))[0] if noun is not None else ""

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
from trade.measures.claims.parsing.periods import year_before


def claims_of_rank(clause: Clause, context: Context, frame: Claim) -> list[Claim]:
    """The claim of a rank among markets or suppliers, and that of the rank before it: `up from fourth in 2024`."""
    ordinals = [token for token in clause.of("number") if token.meaning == "rank"]
    if len(ordinals) < 2:
        claim = _claim_of_rank(clause, context, frame, ordinals[0] if ordinals else None)
        return [] if claim is None else [claim]
    former = next((token for token in ordinals if _is_former(clause, token)), None)
    current = next(token for token in ordinals if token is not former)
    claim = _claim_of_rank(clause, context, frame, current)
    if claim is None:
        return []
    if former is None or former.quantity is None or len(ordinals) > 2:
        return [dataclasses.replace(claim, unsure=(*claim.unsure, "several_ranks"))]
    periods = {token.period.code for token in clause.of("period") if token.period and token.period.freq == "A"}
    own = next((token.period for token in clause.after(former, 3) if token.period), None)
    unsure = tuple(code for code in claim.unsure if code not in ("direction", "period"))
    rose = former.quantity.value > (claim.value or 0.0)
    if any((token.category == "up") != rose for token in clause.of("up", "down")):
        unsure = (*unsure, "direction")
    if own is not None and own.freq == "A" and len(periods) == 2:
        now, before, doubts = max(periods), min(periods), unsure
    else:
        now, before, doubts = claim.period, year_before(claim.period) if claim.period else "", (*unsure, "former")
    claim = dataclasses.replace(claim, period=now, freq="A" if now else "", base="", unsure=unsure)
    earlier = dataclasses.replace(
        claim, value=former.quantity.value, period=before, printed=f"{former.text} {claim.printed.partition(' ')[2]}",
        unsure=doubts if before else (*doubts, "period"),
    )  # fmt: skip
    return [claim, earlier]


_BEFORE = ("from", "with", "than", "versus", "vs", "against", "上年", "去年", "从", "由", "自")


def _is_former(clause: Clause, token: Token) -> bool:
    """Whether a rank is that of an earlier time: `from fourth`, `compared with fourth`, 上年为第四."""
    before = [
        other for other in clause.before(token, 3) if other.text.lower() not in ("the", "为", "居", "位居", "位列")
    ]
    return bool(before) and before[-1].text.lower() in _BEFORE


def _claim_of_rank(clause: Clause, context: Context, frame: Claim, ordinal: Token | None) -> Claim | None:
    nouns = clause.of("rank")
    noun = next((token for token in nouns if token.meaning == "noun"), None)
    largest = next((token for token in nouns if token.meaning == "largest"), None)
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

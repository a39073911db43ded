"""Comparisons of two places, goods, flows or years: more than, overtook, twice as much, by how much."""

from __future__ import annotations

import dataclasses
from typing import Any

from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.parsing.clauses import (
    GOODS_OF_CHINA,
    PLACES,
    RATE_NOUNS,
    Clause,
    Context,
    flow_name,
    subject_of,
)
from trade.measures.claims.parsing.lexicon import Token
from trade.measures.claims.parsing.number_phrases import as_printed, is_negated, limits_of, unit_of
from trade.measures.claims.parsing.numbers import Quantity
from trade.measures.claims.parsing.rank_claims import rank_noun_flow

_MORE_OR_LESS = ("more", "less", "fewer", "more than", "less than", "fewer than")
_OVERTOOK = ("overtook", "overtake", "overtakes", "overtaken", "超越", "赶超", "反超")
DEGREES = dict.fromkeys(("高", "多", "大", "快", "高出", "多出"), "more") | dict.fromkeys(
    ("低", "少", "小", "慢", "低出", "少出"), "less"
)
_MORE = ("higher", "more", "larger", "bigger", "greater", "faster", "above", "higher than", "more than", "larger than")
_LESS = (
    "lower",
    "less",
    "smaller",
    "fewer",
    "slower",
    "below",
    "lower than",
    "less than",
    "smaller than",
    "fewer than",
)
_BY_SO_MUCH = dict.fromkeys(_MORE, "more") | dict.fromkeys(_LESS, "less")


def claim_of_comparison(clause: Clause, context: Context, frame: Claim) -> Claim | None:
    """The comparison of two places, goods, flows or years in a clause; None if it has none."""
    numbers = [token for token in clause.of("number") if token.meaning != "rank"]
    size = numbers[0] if len(numbers) == 1 else None
    if numbers and (size is None or size.quantity is None):
        return None
    word = _comparing_word(clause, size)
    times = size is not None and size.meaning == "times"
    if word is None and size is not None and _is_part_of_another(clause, size):
        times = True
    elif word is None and not (times and size is not None and _is_ratio(clause, size)):
        return None
    text, relation = (word[0].text, word[1]) if word is not None else ("", "more")
    if text.lower() in _OVERTOOK:
        relation = "overtook"
    doubts, rates = _what_is_compared(clause, frame, word[0] if word is not None else None, size)
    common: dict[str, Any] = {
        "frame": "comparison",
        "relation": relation,
        "negated": is_negated(clause),
        "printed": text,
        "mirrored": False,
        "open": tuple(name for name in frame.open if name != "currency"),
        "unsure": doubts,
        "unit": "",
        **({"basis": "volume"} if context.goods and not frame.basis and _counts(clause) else {}),
        **rates,
        **(
            _by_how_much(clause, size, size.quantity, beyond=times and word is not None)
            if size is not None and size.quantity is not None
            else {}
        ),
    }
    if size is not None and common.get("unit") == "":
        return None
    if common.get("unit") in ("CNY", "USD") and not frame.currency:
        common["currency"] = common["unit"]
    return _of_two_sides(clause, context, frame, common)


def _counts(clause: Clause) -> bool:
    """Whether numbers of goods are compared, not their value: `17 times as many cars`."""
    return any(token.text.lower() in ("many", "fewer") for token in clause.tokens)


def _of_two_sides(clause: Clause, context: Context, frame: Claim, common: dict[str, Any]) -> Claim | None:
    sides, doubts = _sides(clause), common["unsure"]
    flows = [token for token in clause.of("flow", "deal") if token.text.lower() not in GOODS_OF_CHINA]
    flow_names = list(dict.fromkeys(flow_name(token) for token in flows))
    if len(sides) == 2:
        flow = rank_noun_flow(clause) or (context.flow or (flow_names[0] if flow_names else ""))
        unsure = tuple(code for code in doubts if code != "places") if len(flow_names) <= 1 else (*doubts, "flows")
        return dataclasses.replace(
            frame, **common | {"subject": sides[0], "other": sides[1], "flow": flow, "unsure": unsure}
        )
    if common["unit"] in ("CNY", "USD", "money", "percent"):
        return None  # the difference of two flows is a balance
    if {"export", "import"} <= set(flow_names) and len(sides) <= 1:
        # what another country sells is China's import
        flow_names = flow_names[::-1] if frame.mirrored and set(flow_names) == {"export", "import"} else flow_names
        return dataclasses.replace(
            frame,
            **common | {"flow": flow_names[0], "other_flow": flow_names[1], "subject": sides[0] if sides else WORLD},
        )
    period, base = context.period, context.base
    over_time = base is not None and (base.role == "now" or common["of"] == "rate")
    if over_time and period is not None and base is not None and base.freq == period.freq and len(flow_names) <= 1:
        unsure = tuple(code for code in doubts if code != "period")
        return dataclasses.replace(frame, **common | {"other_period": base.code, "base": "", "unsure": unsure})
    return None


def _comparing_word(clause: Clause, size: Token | None) -> tuple[Token, str] | None:
    """The word that compares, and whether it means more or less."""
    if size is not None:
        return _word_beside(clause, size)
    for token in clause.of("compare", "bound"):
        if _compares(clause, token):
            return token, "less" if (token.meaning in ("less", "under")) != _slows(clause, token) else "more"
    for token in clause.of("faster", "slower"):
        after = clause.tokens[clause.tokens.index(token) + 1 :]
        if any(other.category == "than" or _starts_with_than(other) for other in after):
            return token, "more" if token.category == "faster" else "less"
    return _after_than(clause)


def _starts_with_than(token: Token) -> bool:
    return token.category == "period" and token.text.lower().startswith("than ")


def _after_than(clause: Clause) -> tuple[Token, str] | None:
    """The Chinese comparing word after 比: A比B高, 比B少."""
    than = next((token for token in clause.of("than") if token.text == "比"), None)
    if than is None:
        return None
    after = clause.tokens[clause.tokens.index(than) + 1 :]
    degrees = [token for token in after if token.text in DEGREES]
    return (degrees[-1], DEGREES[degrees[-1].text]) if degrees else None


def _word_beside(clause: Clause, size: Token) -> tuple[Token, str] | None:
    """The comparing word next to a size: `5 points higher than`, 比...高5个百分点, 高于...5个百分点."""
    than = clause.of("than")
    if size.meaning == "times":
        # 比...高出一倍
        previous = next(iter(clause.before(size)), None)
        more = (
            previous is not None and DEGREES.get(previous.text) == "more" and any(token.text == "比" for token in than)
        )
        return (previous, "more") if previous is not None and more else None
    following = [other for other in clause.after(size, 3) if other.category not in ("currency", "unit")]
    for token in following[:1]:
        word = token.text.lower()
        if word in _BY_SO_MUCH and (than or " than" in word or word in ("above", "below")):
            return token, _BY_SO_MUCH[word]
    before = [
        other for other in clause.before(size, 3) if other.category not in ("bound",) and other.text not in ("了", "出")
    ]
    if before and before[-1].text in DEGREES and any(token.text == "比" for token in than):
        return before[-1], DEGREES[before[-1].text]
    for token in clause.of("compare"):
        if token.text in ("高于", "低于", "多于", "少于") and token.start < size.start:
            return token, "more" if token.meaning == "more" else "less"
    if before and before[-1].category == "by":
        # `exceeded exports to the US by $140 bn`
        for token in clause.of("compare", "bound"):
            if token.meaning in ("more", "over") and token.text.lower() in _PASSES and token.start < before[-1].start:
                return token, "more"
    return None


_PASSES = ("exceed", "exceeds", "exceeded", "exceeding", "outstripped", "outstrip", "outpaced", "topped", "surpassed")


def _is_part_of_another(clause: Clause, size: Token) -> bool:
    """Whether a number is a part of another flow or partner: `imports were a third of exports`, 进口是出口的一半."""
    if size.meaning != "percent" or clause.of("up", "down", "share"):
        return False
    of = clause.after(size)
    english = bool(of) and of[0].text.lower() == "of"
    chinese = (
        clause.before(size)[-1:]
        and clause.before(size)[-1].text == "的"
        and any(token.text in ("是", "为", "相当于") for token in clause.tokens)
    )
    sides = (
        [token for token in clause.tokens if token.start < size.start],
        [token for token in clause.tokens if token.start > size.start],
    )
    if chinese:
        verb = next(token for token in clause.tokens if token.text in ("是", "为", "相当于"))
        sides = (
            [token for token in clause.tokens if token.start < verb.start],
            [token for token in clause.tokens if verb.start < token.start < size.start],
        )
    if not (english or chinese):
        return False
    flows = [{token.meaning for token in side if token.category == "flow"} for side in sides]
    places = [{subject_of(token) for token in side if token.category in PLACES} for side in sides]
    two_flows = (
        len(flows[0]) == len(flows[1]) == 1 and flows[0] != flows[1] and flows[0] | flows[1] == {"export", "import"}
    )
    two_places = len(places[0]) == len(places[1]) == 1 and places[0] != places[1]
    return (two_flows and places[1] <= places[0]) or (two_places and bool(flows[0]) and flows[1] <= flows[0])


def _is_ratio(clause: Clause, size: Token) -> bool:
    """Whether a multiple is a ratio of two sides: `four times those to Japan`, 是...的三倍; not `rose three times`."""
    flow_names = {flow_name(token) for token in clause.of("flow", "deal") if token.text.lower() not in GOODS_OF_CHINA}
    two = len(_sides(clause)) == 2 or {"export", "import"} <= flow_names
    before = [other for other in clause.before(size, 2) if other.category not in ("bound", "neutral")]
    moves = clause.of("up", "down") and not clause.has("pace")
    return two and not moves and not (before and before[-1].category == "number")


def _what_is_compared(
    clause: Clause, frame: Claim, word: Token | None, size: Token | None
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Doubts about a comparison, and whether it is of levels, rates or shares."""
    changes = [token for token in clause.of("up", "down") if token is not word]
    directions = {token.category for token in changes}
    points = size is not None and size.meaning == "points"
    share = points and clause.has("share")
    paced = clause.has("pace") or (
        word is not None and (word.category in ("faster", "slower") or word.text in ("快", "慢"))
    )
    # `rose to exceed imports` compares levels, `rose more than imports` and 增幅高于 rates
    more_or_less = word is not None and word.text.lower() in _MORE_OR_LESS
    nouns = bool(changes) and all(token.text.lower() in RATE_NOUNS for token in changes)
    of_rates = paced or (points and not share) or more_or_less or nouns
    doubts = frame.unsure
    if share or not changes:
        doubts = (*doubts, "points") if points and not share and not paced else doubts
    elif not of_rates or len(directions) != 1:
        doubts = (*doubts, "direction")
    if paced:
        doubts = tuple(code for code in doubts if code != "direction")
    doubts = (*doubts, "points") if clause.has("contribution") else doubts
    of = "share" if share else "rate" if changes or paced else ""
    return doubts, {"of": of, "sign": -1 if directions == {"down"} else 1 if of else frame.sign}


def _by_how_much(clause: Clause, token: Token, quantity: Quantity, *, beyond: bool) -> dict[str, Any]:
    """The number of a comparison: a multiple (`beyond`: 高出一倍 is twice as much), points, per cent, or money."""
    following = [other for other in clause.after(token, 2) if other.category != "neutral"]
    currency = quantity.currency or next((other.meaning for other in following if other.category == "currency"), "")
    unit = {"times": "times", "points": "points", "percent": "percent"}.get(quantity.kind, "")
    if unit == "percent" and _is_part_of_another(clause, token):
        limits = limits_of(clause, token, quantity)
        limits |= {"top": quantity.top / 100} if quantity.top is not None else {}
        common = {"value": quantity.value / 100, "step": quantity.step / 100, "printed": as_printed(clause, token)}
        return common | {"rough": quantity.rough, "unit": "times"} | limits
    if quantity.kind == "number" and (currency or quantity.scaled) and not unit_of(following):
        unit = currency or "money"
    return {
        "value": quantity.value,
        "step": quantity.step,
        "printed": as_printed(clause, token),
        "rough": quantity.rough,
        "unit": unit,
        **limits_of(clause, token, quantity),
        **({"value": quantity.value + 1, "top": quantity.top and quantity.top + 1} if beyond else {}),
    }


_SLOW = frozenset(("slowly", "modestly", "moderately", "gradually", "mildly", "slightly", "marginally", "weakly"))


def _slows(clause: Clause, word: Token) -> bool:
    """Whether a comparing word means less growth: `grew more slowly than`."""
    return any(token.text.lower() in _SLOW for token in clause.after(word))


def _sides(clause: Clause) -> list[Subject]:
    places = [subject_of(token) for token in clause.of(*PLACES)]
    goods = [subject_of(token) for token in clause.of("product")]
    return list(dict.fromkeys(places)) or list(dict.fromkeys(goods))


def _compares(clause: Clause, token: Token) -> bool:
    """Whether a word compares two sides, rather than bounds a number: `exceeded those to the EU`."""
    after = clause.tokens[clause.tokens.index(token) + 1 :]
    following = [other for other in after[:3] if other.category not in ("neutral",)]
    if any(other.category == "number" and other.quantity and other.quantity.kind != "rank" for other in following[:2]):
        return False
    if token.category == "compare":
        strong = token.text.lower() not in (
            "more",
            "less",
            "fewer",
            "larger",
            "bigger",
            "greater",
            "smaller",
            "higher value",
            "a larger",
        )
        return strong or any(other.category == "than" for other in after)
    next_to = [other for other in after if other.category not in ("neutral", "than")]
    if next_to and next_to[0].category == "period":
        return token.meaning in ("over", "under")  # `higher than in Q3 2025`
    return token.meaning in ("over", "under") and any(
        other.category in (*PLACES, "flow", "product", "deal", "those") for other in after
    )

"""Read the words around a number: its bound and range, its unit, and the direction of the change that it measures."""

from __future__ import annotations

from typing import Any

from trade.measures.claims.parsing.clauses import (
    Clause,
    rate_moved,
)
from trade.measures.claims.parsing.lexicon import Token
from trade.measures.claims.parsing.numbers import Quantity


def bound_of(clause: Clause, token: Token) -> str:
    """The bound from the words next to a number: `more than 20%`, `20% or more`, 超过, 以上."""
    at = clause.tokens.index(token)
    for other in reversed(clause.tokens[max(0, at - 4) : at]):
        if other.category == "bound":
            return other.meaning
        if other.category == "compare" and other.meaning in ("more", "less"):
            return "equal"
        if other.category not in ("neutral", "by", "to", "currency", "flow", "up", "down", "share", "those", "product"):
            break
        if other.category in ("up", "down") and other is not clause.tokens[at - 1]:
            break
    for other in clause.tokens[at + 1 : at + 4]:
        if other.category == "bound" and other.text in ("以上", "左右", "上下", "or so"):
            return other.meaning
        if other.category not in ("currency", "unit", "neutral", "product"):
            break
    return "equal"


def direction_of(clause: Clause, token: Token) -> int | None:
    """The sign of the change that a number measures: the nearest word of change, before it if there is one."""
    at = clause.tokens.index(token)
    rate = rate_moved(clause)
    if rate is not None and rate.start < token.start:
        return 1 if rate.category == "up" else -1
    for other in reversed(clause.tokens[:at]):
        if other.category in ("up", "down", "flat", "times"):
            return {"up": 1, "down": -1, "flat": 0}.get(other.category, 1)
    for other in clause.tokens[at + 1 :]:
        if other.category in ("up", "down"):
            return 1 if other.category == "up" else -1
        if other.category == "bound" and (other.text.lower().endswith("than") or other.text in ("above", "below")):
            return 1 if other.meaning == "over" else -1
        if other.category == "compare" or (
            other.category == "neutral" and other.text.lower() in ("more", "less", "fewer")
        ):
            return 1 if other.text.lower() in ("more", "larger", "bigger", "greater") else -1
    return None


_SIZES = frozenset(
    (
        *("more than", "over", "about", "around", "nearly", "almost", "roughly", "some", "at least", "just over"),
        *("超过", "约", "近", "逾"),
    )
)
"""Words that are allowed between a rise and its size: `rose by more than $30 bn`."""


def is_money_change(clause: Clause, token: Token) -> bool:
    """Whether an amount is the size of a change: `rose by $30 bn`, `$20 bn lower`; not `rose to $335 bn`."""
    at = clause.tokens.index(token)
    following = [other for other in clause.tokens[at + 1 : at + 4] if other.category not in ("currency", "neutral")]
    if following and following[0].text.lower().startswith(("higher", "lower", "up", "down")):
        return True
    more = any(other.text.lower() in ("more", "less", "fewer") for other in clause.tokens[at + 1 : at + 4])
    if more and (clause.has("yoy") or clause.has("period", "base")):
        return True
    for other in reversed(clause.tokens[:at]):
        if other.category in ("up", "down"):
            return other.text.lower() not in ("higher", "lower")
        if other.category == "by":
            continue
        if other.category == "neutral" and other.text.lower() in ("a", "an", "of", "了", "the"):
            continue
        if other.category == "bound" and other.text.lower() in _SIZES:
            continue
        return False
    return False


def is_negated(clause: Clause) -> bool:
    """Whether the clause is negated; `neither exports nor imports fell` is one negation."""
    words = [token.text.lower() for token in clause.of("not")]
    return sum(word != "nor" or "neither" not in words for word in words) % 2 == 1


def limits_of(clause: Clause, token: Token, quantity: Quantity) -> dict[str, Any]:
    """The bound of a number, and the end of a range."""
    if quantity.top is not None:
        return {"bound": "between", "top": quantity.top}
    return {"bound": bound_of(clause, token)}


def as_printed(clause: Clause, token: Token) -> str:
    """The number with its currency or unit, as written."""
    parts = [token.text]
    for other in clause.after(token, 1):
        if other.category in ("unit", "currency") or (other.category == "product" and other.meaning in COUNTED_GOODS):
            parts.append(other.text)
    joiner = "" if not token.text.isascii() or any(not part.isascii() for part in parts) else " "
    return joiner.join(parts)


def leads_to_level(clause: Clause, token: Token) -> bool:
    """Whether `to` or `from` precedes a number, which is then the end or start of a change, not its size."""
    words = [word for word in clause.tokens[: clause.tokens.index(token)] if word.category not in ("neutral", "bound")]
    return bool(words) and words[-1].category in ("to", "from")


_PIECES = (
    "motor-vehicles", "electric-vehicles", "passenger-cars", "ships", "integrated-circuits", "unmanned-aircraft",
    "lithium-ion-batteries", "solar-cells", "bicycles", "electric-passenger-vehicles", "plug-in-hybrid-passenger-cars",
    "buses", "trucks", "aircraft", "motorcycles",
)  # fmt: skip
_SETS = (
    "mobile-phones", "industrial-robots", "computers", "computers-and-parts", "laptop-computers", "tablet-computers",
    "household-appliances", "air-conditioners", "refrigerators", "washing-machines", "television-sets",
    "lcd-television-sets",
)  # fmt: skip
COUNTED_GOODS = dict.fromkeys(_PIECES, "units") | dict.fromkeys(_SETS, "sets") | {"footwear": "pairs"}
"""Units of goods that a number directly before their name counts: `60 million air conditioners`."""


def unit_of(following: list[Token]) -> str:
    for other in following[:2]:
        if other.category == "unit":
            return other.meaning
        if other.category == "product":
            return COUNTED_GOODS.get(other.meaning, "")
        if other.category != "neutral":
            break
    return ""


def follows_to(clause: Clause, token: Token) -> bool:
    """Whether `to` directly precedes a number, or is a part of the word of change: 升至, 降到."""
    words = [word for word in clause.tokens[: clause.tokens.index(token)] if word.category not in ("neutral", "bound")]
    return bool(words) and words[-1].category == "to"

"""Split parallel lists into clauses: `exports to Vietnam and Malaysia rose 22% and 3% respectively`.

A list of numbers belongs to the list of places, goods or flows before it, in the same order. If both have the same
length, each pair becomes a clause; else the tokens are unchanged, with a doubt if the words say `respectively`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import pairwise

from trade.measures.claims.parsing.lexicon import Token

RESPECTIVELY = ("respectively", "分别", "依次")
_SUBJECTS = ("place", "group", "list", "product")
_AFTER_A_NUMBER = ("currency", "unit", "neutral")
_CHANGES = ("up", "down", "flat")


def unfolded(tokens: list[Token]) -> list[Token]:
    """The tokens of a sentence, with parallel lists written out as clauses of their own."""
    marked = any(token.text.lower() in RESPECTIVELY for token in tokens)
    plain = [token for token in tokens if token.text.lower() not in RESPECTIVELY]
    numbers = [token for token in plain if token.category == "number" and token.meaning != "rank"]
    if len(numbers) == 1 and not marked:
        return _each(tokens, numbers[0])
    if len(numbers) < 2 or not (marked or _listed(plain, numbers)):
        return tokens
    heads = [token for token in _in_two(plain) if token.start < numbers[0].start]
    items = _heads(heads, len(numbers)) or (_years(plain, len(numbers)) if marked else [])
    if not items:
        return [*plain, _doubt(tokens)] if marked else tokens
    tail = [token for token in plain if token.start > numbers[-1].start and token not in items]
    shared = [token for token in heads if token not in items and token.category != "break"]
    clauses: list[Token] = []
    for first, number in zip(items, numbers, strict=True):
        head = _with_same_lead(items[0], first)
        own = [*_change_of(plain, number), *_with_unit(plain, number)]
        rest = [token for token in tail if token not in own]
        common = [token for token in shared if not (own[0].category in _CHANGES and token.category in _CHANGES)]
        clauses += [*sorted([*common, head], key=lambda token: token.start), *own, *rest, _BREAK]
    return clauses


_EACH = ("both", "all", "each", "均", "都", "双双")


def _each(tokens: list[Token], number: Token) -> list[Token]:
    """Split a list with one number for each item: `exports to Vietnam and Thailand both rose more than 20%`."""
    heads = [token for token in tokens if token.category in _SUBJECTS and token.start < number.start]
    kinds = {token.category == "product" for token in heads}
    distributive = any(
        token.text.lower() in _EACH and heads and heads[-1].start < token.start < number.start for token in tokens
    )
    if not distributive or len(kinds) != 1 or len({token.meaning for token in heads}) != len(heads) or len(heads) < 2:
        return tokens
    shared = [
        token
        for token in tokens
        if token not in heads and not (token.category == "break" and token.start < number.start)
    ]
    clauses: list[Token] = []
    for first in heads:
        clauses += [*sorted([*shared, _with_same_lead(heads[0], first)], key=lambda token: token.start), _BREAK]
    return clauses


_BREAK = Token(0, 0, "break", "hard", ".")


def _doubt(tokens: list[Token]) -> Token:
    """`respectively` as an unknown word, so that the verdict is `not_understood` instead of a guess."""
    word = next(token for token in tokens if token.text.lower() in RESPECTIVELY)
    return dataclasses.replace(word, category="unknown")


def _listed(tokens: list[Token], numbers: list[Token]) -> bool:
    """Whether the numbers are a list: of one kind, with only `and`, a comma, a currency or a unit between them."""
    if len({number.meaning for number in numbers}) > 1:
        return False
    for first, second in pairwise(numbers):
        between = [token for token in tokens if first.start < token.start < second.start]
        if any(token.category not in ("break", "with", *_AFTER_A_NUMBER, *_CHANGES) for token in between):
            return False
    return True


def _heads(tokens: list[Token], count: int) -> list[Token]:
    """The places or goods of the numbers, else the flows; empty if there are not as many as numbers."""
    for categories in (_SUBJECTS, ("flow",)):
        items = [token for token in tokens if token.category in categories]
        if len(items) == count and len({token.meaning for token in items}) == count:
            return items
    return []


def _years(tokens: list[Token], count: int) -> list[Token]:
    """The periods of the numbers, if there are as many: `rose 5.9% and 5.5% in 2024 and 2025 respectively`."""
    periods = [token for token in tokens if token.period is not None and token.period.role == "now"]
    codes = {(token.period.freq, token.period.code) for token in periods if token.period is not None}
    return periods if len(periods) == len(codes) == count else []


def _with_same_lead(first: Token, head: Token) -> Token:
    """Give an item the preposition of the first item: 对非洲、拉美."""
    lead = first.text[:1]
    leads = lead in ("对", "自") and head.category in ("place", "group", "list") and not head.text.startswith(lead)
    return dataclasses.replace(head, text=lead + head.text) if leads else head


def _in_two(tokens: list[Token]) -> Iterator[Token]:
    """Split `exports and imports` into two flows: with two numbers it is not total trade."""
    for token in tokens:
        parts = token.text.lower().split(" and ")
        if token.category == "flow" and token.meaning == "total" and len(parts) == 2:
            at = token.start
            for part in parts:
                meaning = next((flow for flow in ("export", "import") if flow in part), "")
                if not meaning:
                    break
                yield dataclasses.replace(token, start=at, end=at + len(part), text=part, meaning=meaning)
                at += len(part) + len(" and ")
        else:
            yield token


def _change_of(tokens: list[Token], number: Token) -> list[Token]:
    """The word of change right before a number: `rose 4% and fell 1% respectively`."""
    before = [token for token in tokens if token.start < number.start and token.category not in ("neutral", "by")]
    return before[-1:] if before and before[-1].category in _CHANGES else []


def _with_unit(tokens: list[Token], number: Token) -> list[Token]:
    """A number with the currency or unit right after it."""
    own = [number]
    for token in tokens[tokens.index(number) + 1 :]:
        if token.category not in ("currency", "unit"):
            break
        own.append(token)
    return own

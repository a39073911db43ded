"""Match words with names, best first: equal name, beginning of a name, words of a name, further text, similar name.

Names are compared without case, accents and punctuation, and in simplified Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from trade.search.entries import KINDS, Entry
from trade.sources.text_folding import plain

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
ALIKE = 0.45
"""Least similarity of two similar names: Dice's coefficient (1945) of their pairs of neighbouring letters."""
NEAREST = 5
"""Number of similar names that are offered if nothing matches."""
_SHORTEST = 3
"""Fewest letters of a query for which similar names are offered: two letters are similar to everything."""


_MISTYPED = frozenset(KINDS) - {"statement", "source", "good"}
"""Kinds whose names are short enough to be mistyped as a whole."""


class Level(IntEnum):
    """How well an entry matches, best first."""

    TITLE = 0
    OTHER_NAME = 1
    TITLE_BEGINS = 2
    OTHER_NAME_BEGINS = 3
    TITLE_WORDS = 4
    OTHER_NAME_WORDS = 5
    TEXT = 6


@dataclass(frozen=True)
class _Name:
    """A name in the form for comparison: `words` with a space before each, `compact` without spaces."""

    words: str
    compact: str


@dataclass(frozen=True)
class _Indexed:
    """An entry with its names; `everything` is the searched text, `pairs` are the letter pairs of each name."""

    entry: Entry
    title: _Name
    others: tuple[_Name, ...]
    everything: str
    pairs: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, entry: Entry) -> _Indexed:
        title, others = _name(entry.title), tuple(dict.fromkeys(map(_name, entry.other_names)))
        names = (title, *others)
        spaced = (*(name.words for name in names), _spaced(entry.text), *(f" {name.compact}" for name in names))
        mistypable = names if entry.kind in _MISTYPED else ()
        return cls(entry, title, others, "".join(spaced), tuple(_pairs(name.compact) for name in mistypable))


def _spaced(text: str) -> str:
    return "".join(f" {word}" for word in _WORD.findall(plain(text)))


def _name(text: str) -> _Name:
    words = _spaced(text)
    return _Name(words, words.replace(" ", ""))


class Index:
    """A searchable index of entries. It is immutable, so threads may share it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [_Indexed.of(entry) for entry in entries]

    def find(self, question: str, most: int) -> list[Entry]:
        """The best `most` entries for a query; those with similar names if none matches."""
        query = _name(question)
        words = query.words.split()
        if not words:
            return []
        levels = ((_level(indexed, query, words), indexed) for indexed in self._entries)
        fits = sorted(((level, indexed) for level, indexed in levels if level is not None), key=_order)
        if fits:
            return [indexed.entry for _, indexed in fits[:most]]
        return self._alike(query)[: min(most, NEAREST)]

    def _alike(self, query: _Name) -> list[Entry]:
        if len(query.compact) < _SHORTEST and not _HAN.search(query.compact):
            return []
        pairs = _pairs(query.compact)
        likeness = (
            (max((_dice(pairs, name_pairs) for name_pairs in indexed.pairs), default=0.0), indexed)
            for indexed in self._entries
        )
        alike = [pair for pair in likeness if pair[0] >= ALIKE]
        alike.sort(key=lambda pair: (-pair[0], *_order((Level.TEXT, pair[1]))))
        return [indexed.entry for _, indexed in alike]


def _level(indexed: _Indexed, query: _Name, words: Sequence[str]) -> Level | None:
    """How well an entry matches; None if it does not."""
    if not _has(indexed.everything, words) and f" {query.compact}" not in indexed.everything:
        return None
    title, others = indexed.title, indexed.others
    if title.compact == query.compact:
        return Level.TITLE
    if any(name.compact == query.compact for name in others):
        return Level.OTHER_NAME
    if title.compact.startswith(query.compact):
        return Level.TITLE_BEGINS
    if any(name.compact.startswith(query.compact) for name in others):
        return Level.OTHER_NAME_BEGINS
    if _has(title.words, words):
        return Level.TITLE_WORDS
    if any(_has(name.words, words) for name in others):
        return Level.OTHER_NAME_WORDS
    return Level.TEXT


def _has(text: str, words: Sequence[str]) -> bool:
    """Whether each word begins a word of the text; Chinese has no spaces, so a Chinese word may be anywhere in it."""
    return all((word if _HAN.match(word) else f" {word}") in text for word in words)


def _order(fit: tuple[Level, _Indexed]) -> tuple[int, int, float, int, str]:
    level, entry = fit[0], fit[1].entry
    return level, KINDS.index(entry.kind), -entry.weight, len(entry.title), entry.title


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset([text])


def _dice(pairs: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(pairs & others) / (len(pairs) + len(others))

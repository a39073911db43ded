"""How words are matched with names, and in which order: exact, other name, beginning, words, further text, alike.

A name is compared without case, accents, punctuation, and in simplified Chinese.
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
"""How much two texts have to share to be alike: the share of their pairs of neighbouring letters (Dice 1945)."""
NEAREST = 5
"""Entries offered where nothing has the words."""
_SHORTEST = 3
"""Letters of a question for which names that are merely alike are offered: two letters look like everything."""


_MISTYPED = frozenset(KINDS) - {"statement", "source", "good"}
"""Kinds whose names are short enough to be mistyped as a whole."""


class Level(IntEnum):
    """How well an entry fits, the best first."""

    TITLE = 0
    OTHER_NAME = 1
    TITLE_BEGINS = 2
    OTHER_NAME_BEGINS = 3
    TITLE_WORDS = 4
    OTHER_NAME_WORDS = 5
    TEXT = 6


@dataclass(frozen=True)
class _Name:
    """A name as it is compared: `words` with a space before each, `compact` without any."""

    words: str
    compact: str


@dataclass(frozen=True)
class _Indexed:
    """An entry with its names; `everything` is all that is searched, `pairs` are those of each name (see ALIKE)."""

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
    """Entries, ready to be searched. Threads may share it: it never changes."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [_Indexed.of(entry) for entry in entries]

    def find(self, question: str, most: int) -> list[Entry]:
        """The best `most` entries for a question; the nearest names where none has its words."""
        wanted = _name(question)
        words = wanted.words.split()
        if not words:
            return []
        levels = ((_level(indexed, wanted, words), indexed) for indexed in self._entries)
        fits = sorted(((level, indexed) for level, indexed in levels if level is not None), key=_order)
        if fits:
            return [indexed.entry for _, indexed in fits[:most]]
        return self._alike(wanted)[: min(most, NEAREST)]

    def _alike(self, wanted: _Name) -> list[Entry]:
        if len(wanted.compact) < _SHORTEST and not _HAN.search(wanted.compact):
            return []
        pairs = _pairs(wanted.compact)
        likeness = ((max((_dice(pairs, own) for own in one.pairs), default=0.0), one) for one in self._entries)
        alike = [pair for pair in likeness if pair[0] >= ALIKE]
        alike.sort(key=lambda pair: (-pair[0], *_order((Level.TEXT, pair[1]))))
        return [indexed.entry for _, indexed in alike]


def _level(indexed: _Indexed, wanted: _Name, words: Sequence[str]) -> Level | None:
    """How well an entry fits; None if it does not."""
    if not _has(indexed.everything, words) and f" {wanted.compact}" not in indexed.everything:
        return None
    title, others = indexed.title, indexed.others
    if title.compact == wanted.compact:
        return Level.TITLE
    if any(name.compact == wanted.compact for name in others):
        return Level.OTHER_NAME
    if title.compact.startswith(wanted.compact):
        return Level.TITLE_BEGINS
    if any(name.compact.startswith(wanted.compact) for name in others):
        return Level.OTHER_NAME_BEGINS
    if _has(title.words, words):
        return Level.TITLE_WORDS
    if any(_has(name.words, words) for name in others):
        return Level.OTHER_NAME_WORDS
    return Level.TEXT


def _has(text: str, words: Sequence[str]) -> bool:
    """Whether each word begins a word of the text; Chinese has no spaces, so there it may stand anywhere."""
    return all((word if _HAN.match(word) else f" {word}") in text for word in words)


def _order(fit: tuple[Level, _Indexed]) -> tuple[int, int, float, int, str]:
    level, entry = fit[0], fit[1].entry
    return level, KINDS.index(entry.kind), -entry.weight, len(entry.title), entry.title


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset([text])


def _dice(pairs: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(pairs & others) / (len(pairs) + len(others))

"""Errors named for the mistake. Each message is one sentence: what was wrong, where, and what to do.

Only these reach a reader; one place in the command line and one in the pages turn them into text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Self

from trade.text import formats

Words = str | int | float | Callable[[str], str]
"""What stands in a sentence: itself, or made for a language."""


class TradeError(Exception):
    """A mistake that the reader can mend. `str(error)` is the sentence to show, in English.

    One made by `of` from the strings has its sentence in every language; the others are told in English only.
    """

    key = ""
    values: dict[str, Words] = {}  # noqa: RUF012 - never changed, each error has its own

    @classmethod
    def of(cls, key: str, **values: Words) -> Self:
        """The error whose sentence stands in the strings as `error.<key>`."""
        error = cls(_filled(key, values, "en"))
        error.key, error.values = key, values
        return error

    def told(self, lang: str) -> str:
        """The sentence in a language."""
        return _filled(self.key, self.values, lang) if self.key else str(self)


def _filled(key: str, values: dict[str, Words], lang: str) -> str:
    told = {name: value(lang) if callable(value) else value for name, value in values.items()}
    return formats.say(f"error.{key}", lang, **told)


class FactError(TradeError):
    """A fact file does not say what its contract promises."""

    def __init__(
        self,
        file: str,
        problem: str,
        *,
        row: int | None = None,
        value: object = None,
        expected: str = "",
        remedy: str = "restore the file or correct it and its entry in source.toml",
    ) -> None:
        self.file, self.row, self.value, self.expected, self.remedy = file, row, value, expected, remedy
        place = f"{file}, line {row}" if row is not None else file
        found = f" (found {shorten(value)})" if value is not None else ""
        wanted = f"; expected {expected}" if expected else ""
        super().__init__(f"{place}: {problem}{found}{wanted}; {remedy}.")


class IdentityBroken(TradeError):
    """An accounting identity does not hold; the build stops and the store in service stays."""


class StoreMissing(TradeError):
    """No store has been built yet, or the pointer leads nowhere."""


class StoreDamaged(TradeError):
    """The store file cannot be opened or read."""


class QueryFailed(TradeError):
    """A query could not be run on the store."""


class UnknownName(TradeError):
    """A measure, parameter, economy, page ... that does not exist, with the nearest good names."""

    def __init__(self, kind: str, name: object, good: Iterable[str], hint: str = "") -> None:
        self.kind, self.name, self.good = kind, name, sorted(good)
        near = get_close_matches(str(name), self.good, n=3, cutoff=0.5) or self.good[:8]
        more = ", ..." if len(near) < len(self.good) else ""
        self.key = "unknown"
        self.values = {
            "kind": lambda lang: _kind(kind, lang),
            "name": shorten(name),
            "good": ", ".join(near) + more + (f"; {hint}" if hint else ""),
        }
        super().__init__(_filled(self.key, self.values, "en"))


def _kind(kind: str, lang: str) -> str:
    """What does not exist, in words; `parameter of growth` is told by its first word and what follows `of`."""
    first, _, of = kind.partition(" of ")
    key = f"error.kind.{first}"
    return formats.say(key, lang, of=of) if lang != "en" and formats.has(key) else kind


class BadParameter(TradeError):
    """A parameter's value is outside its domain."""


class NoRows(TradeError):
    """A question that is well put but for which the store holds nothing."""


def shorten(value: object, limit: int = 60) -> str:
    """`value` in quotes, cut so that a hostile value cannot flood the sentence."""
    text = str(value).replace("\n", " ")
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")

"""Errors named for the mistake. Each message is one sentence: what was wrong, where, and what to do.

Only these reach a user. An error is raised with a key of `text/locales/<language>/errors.toml` and the values that its
sentence names, and is turned into text where the user's language is known:

    raise BadParameter("number", name=name, given=shorten(given))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Union

from trade.text import catalog
from trade.text.catalog import SOURCE

Value = Union[object, "Message", "TradeError", Sequence["Value"], Callable[[str], str]]
"""What stands in a sentence: a message or another error in its language, a list of values, what a function gives for a
language, or else itself."""


class Message:
    """A sentence or a part of one: a key of `errors.toml` (without `error.`) and what fills its `{names}`.

    A text that is no key is the same in every language.
    """

    def __init__(self, key: str, /, **values: Value) -> None:
        self.key, self.values = key, values

    def text(self, lang: str = SOURCE) -> str:
        """The words in a language; in English where it has none."""
        key = f"error.{self.key}"
        if not catalog.has(key):
            return self.key
        return catalog.said(key, lang, {name: in_language(value, lang) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.text()

    def __bool__(self) -> bool:
        return bool(self.key)


def in_language(value: Value, lang: str) -> object:
    """What stands in a sentence, in a language."""
    if isinstance(value, (Message, TradeError)):
        return value.text(lang)
    if isinstance(value, (list, tuple)):
        return catalog.say("join.comma", lang).join(str(in_language(part, lang)) for part in value)
    return value(lang) if callable(value) else value


class TradeError(Exception):
    """A mistake that the user can correct. `str(error)` is the sentence in English, `error.text(lang)` in a language.

    Args:
        key: key of the sentence in `errors.toml`, or the sentence itself, which is then the same in every language.
        values: what the sentence names.
    """

    def __init__(self, key: str, /, **values: Value) -> None:
        self.message = Message(key, **values)
        super().__init__(key)

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: str = SOURCE) -> str:
        """The sentence in a language."""
        return self.message.text(lang)


class FactError(TradeError):
    """A fact file does not say what its contract promises.

    Args:
        problem, expected, remedy: keys of parts of the sentence, or their words; all are filled with `values`.
    """

    def __init__(
        self,
        file: str,
        problem: str,
        *,
        row: int | None = None,
        value: object = None,
        expected: str = "",
        remedy: str = "fact.restore_or_correct",
        **values: Value,
    ) -> None:
        self.file, self.row, self.value = file, row, value
        self.expected, self.remedy = str(Message(expected, **values)), str(Message(remedy, **values))
        super().__init__(
            "fact.sentence",
            place=Message("fact.line", file=file, row=row) if row is not None else file,
            problem=Message(problem, **values),
            found=Message("fact.found", value=shorten(value)) if value is not None else "",
            expected=Message("fact.expected", expected=Message(expected, **values)) if expected else "",
            remedy=Message(remedy, **values),
        )


class IdentityBroken(TradeError):
    """An accounting identity does not hold; the build stops and the store in service stays."""


class StoreMissing(TradeError):
    """No store has been built yet, or the pointer leads nowhere."""


class StoreDamaged(TradeError):
    """The store file cannot be opened or read."""


class QueryFailed(TradeError):
    """A query could not be run on the store."""


class UnknownName(TradeError):
    """A measure, parameter, economy, page ... that does not exist, with the nearest good names.

    Args:
        kind: what does not exist, a key under `error.kind`; its words are filled with `values`.
        good: names that do exist.
    """

    def __init__(self, kind: str, name: object, good: Iterable[str], **values: Value) -> None:
        self.kind, self.name, self.good = kind, name, sorted(good)
        near = get_close_matches(str(name), self.good, n=3, cutoff=0.5) or self.good[:8]
        super().__init__(
            "unknown",
            kind=_kind(kind, values),
            name=shorten(name),
            good=Message("some_of", names=near) if len(near) < len(self.good) else near,
        )


def _kind(kind: str, values: dict[str, Value]) -> Message | str:
    """What does not exist, in words; in `parameter of growth` only the first word and what follows `of` are read."""
    if catalog.has(f"error.kind.{kind}"):
        return Message(f"kind.{kind}", **values)
    first, _, of = kind.partition(" of ")
    return Message(f"kind.{first}_of", of=of) if of and catalog.has(f"error.kind.{first}_of") else kind


class BadParameter(TradeError):
    """A parameter's value is outside its domain."""


class NoRows(TradeError):
    """A question that is well put but for which the store holds nothing."""


def either(names: Sequence[str]) -> Value:
    """Names of which one is to be chosen: `csv or json`."""
    return lambda lang: catalog.say("error.or", lang).join(names)


def every(names: Sequence[str]) -> Value:
    """Names that are all meant: `csv and json`."""
    return lambda lang: catalog.say("error.and", lang).join(names)


def shorten(value: object, limit: int = 60) -> str:
    """`value` in quotes, cut so that a hostile value cannot flood the sentence."""
    text = str(value).replace("\n", " ")
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")

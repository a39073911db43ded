"""The errors that a user may see. Each message is one sentence: what was wrong, where, and what to do.

An error is raised with a key of `text/locales/<language>/errors.toml` and the values for its placeholders, and is
turned into text where the user's language is known:

    raise BadParameter("number", name=name, given=shorten(given))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Union

from trade.text import catalog
from trade.text.catalog import SOURCE

Value = Union[object, "Message", "TradeError", Sequence["Value"], Callable[[str], str]]
"""A value for a placeholder: a message or another error, a list of values, a function from a language to text, or any
object, which is shown as it is."""


class Message:
    """A sentence or a part of one: a key of `errors.toml` (without `error.`) and the values for its `{placeholders}`.

    A text that is not a key is used as it is in every language.
    """

    def __init__(self, key: str, /, **values: Value) -> None:
        self.key, self.values = key, values

    def text(self, lang: str = SOURCE) -> str:
        """The text in a language; in English if it is not translated."""
        key = f"error.{self.key}"
        if not catalog.has(key):
            return self.key
        return catalog.say_with(key, lang, {name: in_language(value, lang) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.text()

    def __bool__(self) -> bool:
        return bool(self.key)


def in_language(value: Value, lang: str) -> object:
    """A value as it is written in a sentence of a language."""
    if isinstance(value, (Message, TradeError)):
        return value.text(lang)
    if isinstance(value, (list, tuple)):
        return catalog.say("join.comma", lang).join(str(in_language(part, lang)) for part in value)
    return value(lang) if callable(value) else value


class TradeError(Exception):
    """A mistake that the user can correct. `str(error)` is the sentence in English, `error.text(lang)` in a language.

    Args:
        key: key of the sentence in `errors.toml`, or the sentence itself, which is then the same in every language.
        values: values for its placeholders.
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
    """A fact file violates its contract.

    Args:
        problem, expected, remedy: keys of parts of the sentence, or their text; all are filled with `values`.
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
    """An accounting identity does not hold; the build stops and the current store stays in use."""


class StoreMissing(TradeError):
    """No store has been built yet, or the pointer names a file that does not exist."""


class StoreDamaged(TradeError):
    """The store file cannot be opened or read."""


class QueryFailed(TradeError):
    """A query could not be run on the store."""


class UnknownName(TradeError):
    """A measure, parameter, economy, page ... that does not exist, with the most similar valid names.

    Args:
        kind: what does not exist, a key under `error.kind`; its text is filled with `values`.
        good: the valid names.
    """

    def __init__(self, kind: str, name: object, good: Iterable[str], **values: Value) -> None:
        self.kind, self.name, self.good = kind, name, sorted(good)
        super().__init__("unknown", kind=_kind(kind, values), name=shorten(name), good=nearest(name, self.good))


def nearest(name: object, good: Sequence[str]) -> Value:
    """The names among `good` that are most similar to `name`, else the first of them, and whether there are more."""
    similar = get_close_matches(str(name), good, n=3, cutoff=0.5) or good[:8]
    return Message("some_of", names=similar) if len(similar) < len(good) else similar


def _kind(kind: str, values: dict[str, Value]) -> Message | str:
    """What does not exist, as text. Of `parameter of growth`, `parameter_of` is the key and `growth` its value."""
    if catalog.has(f"error.kind.{kind}"):
        return Message(f"kind.{kind}", **values)
    first, _, of = kind.partition(" of ")
    return Message(f"kind.{first}_of", of=of) if of and catalog.has(f"error.kind.{first}_of") else kind


class BadParameter(TradeError):
    """A parameter's value is outside its domain."""


class NoRows(TradeError):
    """A valid request for which the store has no rows."""


def either(names: Sequence[str]) -> Value:
    """A list of alternatives: `csv or json`."""
    return lambda lang: catalog.say("error.or", lang).join(names)


def every(names: Sequence[str]) -> Value:
    """A list of names that all apply: `csv and json`."""
    return lambda lang: catalog.say("error.and", lang).join(names)


def shorten(value: object, limit: int = 60) -> str:
    """`value` in quotes, cut to `limit` characters so that a hostile value cannot flood the sentence."""
    text = str(value).replace("\n", " ")
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")

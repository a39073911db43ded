"""Words in the language of the run."""

from __future__ import annotations

from collections.abc import Iterable

from trade.panels import run_context
from trade.text import formats, message


def lang() -> str:
    """The code of the language of this run."""
    return run_context.current().lang


def say(key: str, **values: object) -> str:
    """The words for `key` in the language of this run."""
    return formats.say(key, lang(), **values)


def joined(parts: Iterable[str]) -> str:
    """A list in one line: `Asia, Africa`, `亚洲、非洲`; with semicolons where a part holds such a comma itself:
    `United States; Hong Kong, China`."""
    listed = list(parts)
    comma = say("join.comma")
    return joined_widely(listed) if any(comma.strip() in part for part in listed) else message.joined(listed, comma)


def joined_widely(parts: Iterable[str]) -> str:
    """A list whose parts hold commas themselves: `WTO 2.4%, March; IMF 2.6%`."""
    return message.joined(parts, say("join.semicolon"))


def sentences_of(parts: Iterable[str]) -> str:
    """Sentences one after the other: with a space between them, in Chinese without."""
    return message.joined(parts, say("join.sentence"))

"""Messages: templates in ICU MessageFormat, filled with values, in which every number keeps the link to its query.

    {amount}                                          a value as it is written
    {n, plural, one {{n} month} other {{n} months}}   words by the plural form of a number
    {flow, select, export {sold} other {bought}}      words by a code
    {most, number}                                    a plain number as the language writes it

A value is anything that converts to a string. A `Text` also has a value (the number or code that selects plural forms
and choices) and links from parts of it to queries, which the filled message inherits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from icu4py.messageformat import MessageFormat


@dataclass(frozen=True)
class Link:
    """A number in a text, `text[start:end]`, and the query that gives it."""

    start: int
    end: int
    measure: str
    params: Mapping[str, Any]
    column: str
    """Column of the measure's rows that holds the number."""


class Text(str):
    """A string with links from its numbers to their queries, and with the value that it represents."""

    __slots__ = ("links", "value")
    links: tuple[Link, ...]
    value: float | str
    """The number or code that selects plural forms and choices."""

    def __new__(cls, words: str, value: float | str | None = None, links: Iterable[Link] = ()) -> Text:
        """The words with `value`, which defaults to the words themselves."""
        text = super().__new__(cls, words)
        text.value, text.links = words if value is None else value, tuple(links)
        return text


def capitalised(text: str) -> Text:
    """The text with a capital at its beginning."""
    return Text(text[:1].upper() + text[1:], getattr(text, "value", None), getattr(text, "links", ()))


def linked(words: str, value: float | str, measure: str, params: Mapping[str, Any], column: str) -> Text:
    """A formatted number linked to the query that gives it."""
    return Text(words, value, [Link(0, len(words), measure, params, column)])


def joined(texts: Iterable[str], separator: str = "") -> Text:
    """The texts one after the other, with their links."""
    words, links = "", list[Link]()
    for text in texts:
        words += separator if words else ""
        links += _moved(getattr(text, "links", ()), len(words))
        words += text
    return Text(words, links=links)


def with_beginning(beginning: str, text: str, former: str) -> Text:
    """The text with its beginning `former` replaced, keeping the links of both."""
    at = len(former)
    links = [link for link in getattr(text, "links", ()) if link.start >= at]
    return joined([beginning, Text(text[at:], links=_moved(links, -at))])


def _moved(links: Iterable[Link], by: int) -> list[Link]:
    return [replace(link, start=link.start + by, end=link.end + by) for link in links]


def fill(template: str, locale: str, values: Mapping[str, object], edit: Callable[[str], str] | None = None) -> Text:
    """The message filled in for a locale (`en_GB`). `edit` rewrites the words; numbers with links stay intact.

    Raises:
        KeyError: a value is missing. ValueError: the template is invalid. TypeError: a plural form of a non-number.
    """
    message = _compiled(template, locale)
    sent: dict[str, Any] = {}
    linked_values: list[Text] = []
    for name in message.written:
        value = values[name]
        words = str(value)
        if isinstance(value, Text) and value.links:
            words = f"{_START}{chr(_FIRST + len(linked_values))}{words}{_END}"
            linked_values.append(value)
        sent[name] = words
    for name in message.numbers:
        sent[name + _BY] = _number(name, values[name], template)
    for name in message.codes:
        sent[name + _BY] = str(getattr(values[name], "value", values[name]))
    words = message.format.format(sent)
    words = edit(words) if edit else words
    return _unmarked(words, linked_values) if linked_values else Text(words)


def rewriting(pattern: str, instead: str) -> tuple[re.Pattern[str], str]:
    """Compile a pattern and its replacement for `edit` in `fill`: `<1>` in both stands for a number, which keeps its
    link."""
    marked = _NUMBER.sub(rf"(?P<_start>{_START}.)?\1(?P<_end>{_END})?", pattern)
    return re.compile(marked), _NUMBER.sub(r"\\g<_start>\1\\g<_end>", instead)


def names(template: str) -> frozenset[str]:
    """The values that a template asks for."""
    return _parsed(template).names


def syntax(template: str) -> list[tuple[int, int]]:
    """The spans of fields, choices and case names: everything that translators must leave unchanged."""
    spans, at = [], 0
    for part in _parts(template):
        if not part.are_words:
            spans.append((at, at + len(part.text)))
        at += len(part.text)
    return spans


_START, _END, _FIRST = "\ue000", "\ue001", 0xE100
"""Marks around a value with links while a message is filled: private-use characters that occur in no text."""
_MARKED = re.compile(f"{_START}(.)|{_END}")
_NUMBER = re.compile("<([^<>]+)>")
_BY = "_by"
"""Suffix of the name under which ICU gets a value's number or code; the plain name has its words."""
_FIELD = re.compile(r"\{\s*(\w+)\s*(?:\}|,\s*(plural|selectordinal|select|number)\s*(,|\}))")


@dataclass(frozen=True)
class _Parsed:
    pattern: str
    """The template as ICU gets it."""
    written: tuple[str, ...]
    numbers: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset((*self.written, *self.numbers, *self.codes))


@dataclass(frozen=True)
class _Message:
    format: MessageFormat
    written: tuple[str, ...]
    numbers: tuple[str, ...]
    codes: tuple[str, ...]


@cache
def _compiled(template: str, locale: str) -> _Message:
    """The templates are those of the catalogue, so their number is limited."""
    parsed = _parsed(template)
    try:
        return _Message(MessageFormat(parsed.pattern, locale), parsed.written, parsed.numbers, parsed.codes)
    except ValueError as error:
        raise ValueError(f"No ICU message: {template}") from error


@cache
def _parsed(template: str) -> _Parsed:
    """Parse a template. A value has one name in it but two for ICU: one for its words, one for its number or code."""
    pieces: list[str] = []
    used: dict[str, list[str]] = {"": [], "number": [], "code": []}
    for part in _parts(template):
        if part.name:
            used["" if not part.kind else "code" if part.kind == "select" else "number"].append(part.name)
        pieces.append(part.text.replace(part.name, part.name + _BY, 1) if part.kind else part.text)
    return _Parsed("".join(pieces), *(tuple(dict.fromkeys(fields)) for fields in used.values()))


@dataclass(frozen=True)
class _Part:
    """A piece of a template: words, a field with its kind, or the syntax between the cases of a choice."""

    text: str
    name: str = ""
    kind: str = ""
    are_words: bool = False


def _parts(template: str) -> Iterator[_Part]:
    """Split a template. A brace opens a field inside a message, and a message inside a choice."""
    in_cases = [False]
    at = 0
    while at < len(template):
        field = None if in_cases[-1] or template[at] != "{" else _FIELD.match(template, at)
        if field is not None:
            name, kind, more = field.groups()
            yield _Part(field[0], name, kind or "")
            if more == ",":
                in_cases.append(True)
            at = field.end()
        elif template[at] in "{}":
            if template[at] == "{":
                in_cases.append(not in_cases[-1])
            elif len(in_cases) > 1:
                in_cases.pop()
            yield _Part(template[at])
            at += 1
        else:
            end = at + len(re.split("[{}]", template[at:], maxsplit=1)[0])
            yield _Part(template[at:end], are_words=not in_cases[-1])
            at = end


def _number(name: str, value: object, template: str) -> float:
    number: Any = getattr(value, "value", value)
    if isinstance(number, (int, float)):
        return number
    try:
        return float(number)  # NumPy's numbers and numbers in words
    except (TypeError, ValueError):
        raise TypeError(f"{name} is no number in: {template}") from None


def _unmarked(words: str, values: list[Text]) -> Text:
    """The words without marks, with the values' links moved to their new positions."""
    plain, links, at = "", list[Link](), 0
    for mark in _MARKED.finditer(words):
        plain += words[at : mark.start()]
        at = mark.end()
        if mark[1]:
            links += _moved(values[ord(mark[1]) - _FIRST].links, len(plain))
    return Text(plain + words[at:], links=links)

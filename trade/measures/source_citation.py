"""Cite a source as a line of text or as BibTeX."""

from __future__ import annotations

import re

from trade.measures.result import SourceNote
from trade.text import formats

_SPECIAL = re.compile(r"[\\~^&%$#_{}]")
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def as_text(note: SourceNote, lang: str = "en") -> str:
    """`Producer (year): Title. Address, published day.`, in the words of a language."""
    words = {"producer": note.producer, "year": note.published[:4], "title": note.title, "url": note.url}
    return formats.say("cite.source", lang, day=formats.day(note.published, lang), **words)


def as_bibtex(note: SourceNote) -> str:
    """One `@misc` entry, keyed by the source's id."""
    fields = {
        "author": f"{{{tex(note.producer)}}}",
        "title": f"{{{tex(note.title)}}}",
        "year": note.published[:4],
        "howpublished": rf"\url{{{note.url}}}",
        "note": tex(f"Published {note.published}. {note.licence}"),
    }
    return entry(note.source_id, fields)


def entry(key: str, fields: dict[str, str]) -> str:
    """A `@misc` entry; the fields' values must be TeX."""
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}\n}}"


def tex(text: str) -> str:
    """Escape plain text for TeX."""
    return _SPECIAL.sub(lambda match: _TEX.get(match[0], "\\" + match[0]), text)

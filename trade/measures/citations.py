"""How to cite a source: as a line of text, and as BibTeX."""

from __future__ import annotations

import re

from trade.measures.run import SourceNote

_SPECIAL = re.compile(r"([&%$#_{}])")


def as_text(note: SourceNote) -> str:
    """`Producer (year): Title. Address, published day.`"""
    return f"{note.producer} ({note.published[:4]}): {note.title}. {note.url}, published {note.published}."


def as_bibtex(note: SourceNote) -> str:
    """One `@misc` entry, keyed by the source's id."""
    fields = {
        "author": f"{{{_tex(note.producer)}}}",
        "title": f"{{{_tex(note.title)}}}",
        "year": note.published[:4],
        "howpublished": rf"\url{{{note.url}}}",
        "note": _tex(f"Published {note.published}. {note.licence}"),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{note.source_id},\n{lines}\n}}"


def _tex(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

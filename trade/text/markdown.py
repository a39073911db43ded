"""Text made safe for Markdown, and Markdown turned back into text."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>$~#|:])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>$~#|:])")
_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\([^)\s]*\)")
_PARAGRAPHS = re.compile(r"\n\s*\n")
NO_BREAK = "\u00a0"


def plain(text: str) -> str:
    """Escape `text` so that Markdown shows it letter by letter: dollar signs and brackets lose their meaning."""
    return _SPECIAL.sub(r"\\\1", text)


def prose(text: str) -> str:
    """Escape a sentence for Markdown; `pp` never begins a line."""
    return plain(text).replace(" pp", NO_BREAK + "pp")


def unmarked(text: str) -> str:
    """Turn Markdown made by this module back into plain text: links become their texts, escapes are removed."""
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", text)).replace(NO_BREAK, " ")


def quiet(text: str) -> str:
    """Markdown for less prominent text; empty stays empty. Each paragraph is marked separately, as marks cannot span
    two."""
    return "\n\n".join(f":small[:gray[{part}]]" for part in _PARAGRAPHS.split(text) if part)

"""Normalize texts for comparison: half-width, lower case, without accents, simplified Chinese."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text with traditional Chinese converted to simplified."""
    if not _HAN.search(text):
        return text
    return str(_converter().convert(text))


def plain(text: str) -> str:
    """Normalize a header or label for comparison: half-width, lower case, without accents, simplified Chinese."""
    if text.isascii():  # the usual case, made fast
        return text.casefold().strip()
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    bare = "".join(letter for letter in wide if not unicodedata.combining(letter))
    return simplified(unicodedata.normalize("NFC", bare)).casefold().strip()

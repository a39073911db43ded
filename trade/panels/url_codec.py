"""Long texts in a link: compressed, in letters that no address changes. Stories and queries travel so."""

from __future__ import annotations

import base64
import zlib

MARK = "~"
"""Begins a text that a link carries whole."""


def pack(text: str) -> str:
    """The text as a link carries it."""
    return MARK + base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(code: str, most: int) -> str:
    """The text that `pack` made into this code, if it has at most so many bytes.

    Raises:
        ValueError: the code is damaged, or unpacks to more.
    """
    body, unpacker = code.removeprefix(MARK), zlib.decompressobj()
    try:
        text = unpacker.decompress(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)), most).decode()
    except (ValueError, zlib.error) as error:  # base64 and UTF-8 raise kinds of ValueError
        raise ValueError("the text of a link is damaged") from error
    if not unpacker.eof:
        raise ValueError("the text of a link is cut off, or too long")
    return text

"""Long texts in a URL (stories, SQL queries): compressed, then encoded as URL-safe base64."""

from __future__ import annotations

import base64
import zlib

MARK = "~"
"""Prefix that marks a text packed into the URL, as opposed to a name."""


def pack(text: str) -> str:
    """The text compressed and encoded for a URL, with `MARK` in front."""
    return MARK + base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(code: str, most: int) -> str:
    """The inverse of `pack`, for texts of at most `most` bytes in UTF-8.

    Raises:
        ValueError: the code is damaged, or unpacks to more.
    """
    body, unpacker = code.removeprefix(MARK), zlib.decompressobj()
    try:
        text = unpacker.decompress(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)), most).decode()
    except (ValueError, zlib.error) as error:  # errors of base64 and UTF-8 are ValueErrors
        raise ValueError("the text of a link is damaged") from error
    if not unpacker.eof:
        raise ValueError("the text of a link is cut off, or too long")
    return text

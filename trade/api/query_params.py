"""Parse a URL's query into parameters, with the same error messages as on the command line."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from trade.errors import BadParameter, shorten

LONGEST_VALUE = 2_400
"""Longest value in characters: parameters of Explore and user-defined groups with all their members need that much."""
LONGEST_QUESTION = 300
"""Longest search text `q`, in characters."""
MOST_PARAMETERS = 40


def pairs(query: bytes) -> dict[str, str]:
    """`b"flow=import&first=2020"` as a mapping; the order is lost, each name occurs once.

    Raises:
        BadParameter: a part without `=`, a name given twice, a value too long, text that is not UTF-8.
    """
    parts = [part for part in query.split(b"&") if part]
    if len(parts) > MOST_PARAMETERS:
        raise BadParameter("api.most_parameters", most=MOST_PARAMETERS, count=len(parts))
    pairs: dict[str, str] = {}
    for part in parts:
        key, sign, value = (_text(piece) for piece in part.partition(b"="))
        if not sign or not key:
            raise BadParameter("parameter.key_value", given=shorten(_text(part)))
        if key in pairs:
            raise BadParameter("parameter.twice", name=key if key.isidentifier() else shorten(key))
        most = LONGEST_QUESTION if key == "q" else LONGEST_VALUE
        if len(value) > most or len(key) > most:
            raise BadParameter("api.too_long", name=shorten(key), most=most)
        pairs[key] = value
    return pairs


def _text(encoded: bytes) -> str:
    try:
        return unquote_to_bytes(encoded.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise BadParameter("api.not_utf8", name=shorten(encoded.decode("ascii", "replace"))) from None

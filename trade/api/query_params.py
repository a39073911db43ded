"""From the query of a URL to the parameters asked for: the same sentences as the command line says."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from trade.errors import BadParameter, shorten

LONGEST_VALUE = 300
MOST_PARAMETERS = 40


def pairs(query: bytes) -> dict[str, str]:
    """`b"flow=import&first=2020"` as a mapping; the order is lost, each name occurs once.

    Raises:
        BadParameter: a part without `=`, a name given twice, a value too long, text that is not UTF-8.
    """
    parts = [part for part in query.split(b"&") if part]
    if len(parts) > MOST_PARAMETERS:
        raise BadParameter(f"A question has at most {MOST_PARAMETERS} parameters, not {len(parts)}.")
    found: dict[str, str] = {}
    for part in parts:
        key, sign, value = (_text(one) for one in part.partition(b"="))
        if not sign or not key:
            raise BadParameter(f"A parameter is written key=value, not {shorten(_text(part))}.")
        if key in found:
            raise BadParameter(f"The parameter {key} is given twice." if key.isidentifier() else _twice(key))
        if len(value) > LONGEST_VALUE or len(key) > LONGEST_VALUE:
            raise BadParameter(f"The parameter {shorten(key)} is longer than {LONGEST_VALUE} characters.")
        found[key] = value
    return found


def _twice(key: str) -> str:
    return f"The parameter {shorten(key)} is given twice."


def _text(encoded: bytes) -> str:
    try:
        return unquote_to_bytes(encoded.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise BadParameter(f"The parameter {shorten(encoded.decode('ascii', 'replace'))} is not UTF-8.") from None

"""Parse numbers as tables print them."""

from __future__ import annotations

import math
import re
import unicodedata

from trade.errors import TradeError

ABSENT = {
    "",
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "―",
    "…",
    "...",
    ".",
    "n/a",
    "na",
    "n.a.",
    "nan",
    "null",
    "none",
    ":",
    "..",
    "/",
    "×",
    "#n/a",
    "n.a",
    "n/d",
    "n.d.",
    "nd",
    "s/d",
    "not available",
    "no data",
    "无",
    "暂无",
    "....",
    "......",
}
"""Texts that tables print for a missing figure."""
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")


_FLAGGED = re.compile(r":\s?[a-z]{0,2}")
"""Eurostat's mark of a missing figure, with a letter for the reason."""


_SMALL = "\u00b9\u00b2\u00b3\u2070-\u208e\u2460-\u24ff\u2776-\u2793"
_FOOTNOTE = re.compile(rf"(?<=[^\s{_SMALL}*])\s?[{_SMALL}*＊†‡]+\s*$")
"""Footnote marks after a figure: superscript or circled digits, asterisks."""
_SMALL_DIGIT = re.compile(f"[{_SMALL}]")
_MINUS = re.compile(r"^[\u2010-\u2015\u2212\ufe63\uff0d](?=\s?[\d.])")
"""Hyphens and dashes that stand for a minus before a figure."""


class NotANumber(TradeError):
    """The text is not a number. The message gives the reason as the end of a sentence."""


def is_absent(text: str) -> bool:
    """Whether a cell is empty or marks a missing figure."""
    plain = _without_marks(text).replace("\u2212", "-").casefold()
    return plain in ABSENT or bool(_FLAGGED.fullmatch(plain))


def _without_marks(text: str) -> str:
    """The half-width text without footnote marks, removed first because normalization turns them into digits."""
    return unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text.strip())).strip()


def parse(text: str, *, decimal: str = ".", percent: bool = False) -> float | None:
    """The number; None for a missing figure.

    Args:
        decimal: the decimal sign, "." or ",". percent: whether a percent sign may follow.

    Raises:
        NotANumber: it is not a number, or its thousands are not groups of three digits.
    """
    bare = _FOOTNOTE.sub("", text.strip())
    if _SMALL_DIGIT.search(bare):
        raise NotANumber("number_form.not_a_number")
    plain = unicodedata.normalize("NFKC", _MINUS.sub("-", bare)).strip().replace("\u2212", "-")
    if is_absent(plain):
        return None
    if plain.startswith("="):
        raise NotANumber("number_form.formula")
    if percent:
        plain = plain.removesuffix("%").rstrip()
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1].strip()
    plain = re.sub(r"^['\u2019](?=[-+\d])", "", plain)  # by which spreadsheets mark digits as text
    plain = re.sub(r"^([-+]) (?=[\d.])", r"\1", plain)
    plain = re.sub(r"(?<=\d)[ '\u2019](?=\d{3})", "" if decimal == "," else ",", plain)
    if not (_COMMA if decimal == "," else _NUMBER).fullmatch(plain):
        raise NotANumber("number_form.not_a_number")
    value = float(plain.replace(".", "").replace(",", ".") if decimal == "," else plain.replace(",", ""))
    if not math.isfinite(value):
        raise NotANumber("number_form.not_finite")
    return value


def half_width(text: str) -> float:
    """Half a unit of the last digit printed: how far rounding may have moved the number."""
    plain = _without_marks(text)
    return 0.5 * 10.0 ** -len(plain.partition(".")[2].rstrip("%)")) if "." in plain else 0.5

"""Numbers as tables print them."""

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
"""What a table prints where there is no figure."""
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")


_FLAGGED = re.compile(r":\s?[a-z]{0,2}")
"""Eurostat's mark of a missing figure, with the letter that says why."""


_SMALL = "\u00b9\u00b2\u00b3\u2070-\u208e\u2460-\u24ff\u2776-\u2793"
_FOOTNOTE = re.compile(rf"(?<=[^\s{_SMALL}*])\s?[{_SMALL}*＊†‡]+\s*$")
"""Marks of footnotes after a figure: raised or circled digits, asterisks."""
_SMALL_DIGIT = re.compile(f"[{_SMALL}]")
_MINUS = re.compile(r"^[\u2010-\u2015\u2212\ufe63\uff0d](?=\s?[\d.])")
"""Hyphens and dashes that stand for a minus before a figure."""


class NotANumber(TradeError):
    """The text is no number: why. Ends a sentence."""


def is_absent(text: str) -> bool:
    """Whether a cell is empty or says that there is no figure."""
    plain = _without_marks(text).replace("\u2212", "-").casefold()
    return plain in ABSENT or bool(_FLAGGED.fullmatch(plain))


def _without_marks(text: str) -> str:
    """The text without the footnote marks behind it, half-width: folding would make digits of the marks."""
    return unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text.strip())).strip()


def parse(text: str, *, decimal: str = ".", percent: bool = False) -> float | None:
    """The number; None where the table prints that there is none.

    Args:
        decimal: the decimal sign, "." or ",". percent: whether a percent sign may follow.

    Raises:
        NotANumber: it is something else, or its thousands are not threes.
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
    plain = re.sub(r"^['\u2019](?=[-+\d])", "", plain)  # how spreadsheets say that digits are a text
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

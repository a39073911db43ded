"""Parse numbers as tables print them."""

from __future__ import annotations

import math
import re
import unicodedata

from trade.errors import TradeError
from trade.sources.text_folding import plain

_ABSENT = frozenset(
    [
        "#n/a", "<na>", "confidential", "missing", "n.a", "n.a.", "n.d.", "n.s.", "n/a", "n/d", "n/s", "na", "nan",
        "nd", "nil", "no data", "none", "not available", "not published", "null", "s/d", "suppressed", "withheld",
        "无", "暂无", "无数据", "不详", "不明", "不适用", "未公布", "保密",
    ]
)  # fmt: skip
"""Words for a missing figure."""
_BLANK = re.compile(r"[-\u2010-\u2015\u2212\u30fc\u4e00.\u22ef\u30fb·•▪*†‡:/×~%\s]*")
"""Dashes, dots and stars without a figure. Not `###`, a column that was too narrow, nor `〃`, the figure above."""
_FLAG = re.compile(r"[a-z]|:\s?[a-z]{1,2}|\(\s*[a-z]{1,3}\s*\)|\[\s*[a-z]{1,4}\s*\]")
"""Letters for the reason why a figure is missing: `x`, `: c` (Eurostat), `(D)` (US Census), `[low]` (ONS)."""
_NUMBER = re.compile(r"[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")


_SMALL = "\u00b9\u00b2\u00b3\u2070-\u208e\u2460-\u24ff\u2776-\u2793"
_FOOTNOTE = re.compile(rf"(?<=[^\s{_SMALL}*])\s?[{_SMALL}*＊†‡]+\s*$")
"""Footnote marks after a figure: superscript or circled digits, asterisks."""
_SMALL_DIGIT = re.compile(f"[{_SMALL}]")
_STATUS_WORD = r"p|r|e|rev|prelim|revised|preliminary|provisional|estimated?|初步|初值|暂定|修订|修正"
_STATUS = re.compile(
    rf"(?<=[\d%)])\s*(?:(?:{_STATUS_WORD})|\((?:{_STATUS_WORD})\.?\)|\[(?:{_STATUS_WORD}|[\da-z]{{1,2}})\.?\])$",
    re.IGNORECASE,
)
"""Marks of provisional, revised and estimated figures, and notes in square brackets. Not digits in round ones, which
may be another figure, nor `b`, which may be billions."""
_MINUS = re.compile(r"^[\u2010-\u2015\u2212\u25b2\u25b3\u25bc\u25bd-]\s?(?=[\d.])")
"""Dashes that stand for a minus before a figure, and triangles, as in Japan, Korea and Taiwan."""


class NotANumber(TradeError):
    """The text is not a number. The message gives the reason as the end of a sentence."""


def is_absent(text: str) -> bool:
    """Whether a cell is empty or marks a missing figure."""
    folded = plain(_FOOTNOTE.sub("", text.strip()))
    return folded in _ABSENT or bool(_BLANK.fullmatch(folded) or _FLAG.fullmatch(folded))


def normalized(text: str) -> str:
    """A figure in half-width characters with a hyphen before it if it is negative, without apostrophes before it and
    marks of footnotes or of its status after it. Signs between its digits stay."""
    bare = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text.strip())).strip()  # which would make digits of marks
    bare = _STATUS.sub("", re.sub(r"^['\u2019](?=[-+\d])", "", bare))  # by which spreadsheets mark digits as text
    bare = _MINUS.sub("-", re.sub(r"^\+\s", "+", bare))
    if match := re.fullmatch(r"\(\s*(\d[^()]*?)\s*\)\s*(%?)|(\d[^-]*?)\s?-", bare):
        bare = f"-{match[1] or match[3]}{match[2] or ''}"
    return bare


def parse(text: str, *, decimal: str = ".", percent: bool = False) -> float | None:
    """The number; None for a missing figure.

    Args:
        decimal: the decimal sign, "." or ",". percent: whether a percent sign may follow.

    Raises:
        NotANumber: it is not a number, or its thousands are not groups of three digits.
    """
    if is_absent(text):
        return None
    if text.lstrip().startswith("="):
        raise NotANumber("number_form.formula")
    figure = normalized(text)
    if percent:
        figure = figure.removesuffix("%").rstrip()
    figure = re.sub(r"(?<=\d)[ '\u2019](?=\d{3})", "" if decimal == "," else ",", figure)
    if _SMALL_DIGIT.search(_FOOTNOTE.sub("", text)) or not (_COMMA if decimal == "," else _NUMBER).fullmatch(figure):
        raise NotANumber("number_form.not_a_number")
    value = float(figure.replace(".", "").replace(",", ".") if decimal == "," else figure.replace(",", ""))
    if not math.isfinite(value):
        raise NotANumber("number_form.not_finite")
    return value


def half_width(text: str) -> float:
    """Half a unit of the last digit printed: how far rounding may have moved the number."""
    decimals = re.search(r"\.(\d+)", normalized(text))
    return 0.5 * 10.0 ** -len(decimals[1]) if decimals else 0.5

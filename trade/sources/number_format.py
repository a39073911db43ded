"""Infer the number format of a column from all its cells: the decimal sign and the thousands separator.

One cell is often ambiguous: `157.524` may be 157 or 157 thousand. If the whole column is ambiguous, the user must
declare the decimal sign.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from trade.errors import Message, TradeError, shorten
from trade.sources.number_parser import normalized

_PLAIN = re.compile(r"[-+]?(\d[\d., ]*)%?")
_UP, _DOWN = ("▲", "△"), ("▼", "▽")


class Undeclared(TradeError):
    """The column is ambiguous or contradicts itself. The message, the end of a sentence, names cells and remedy."""


@dataclass(frozen=True)
class NumberFormat:
    """`decimal`: "." or ",". `note`: how that was inferred, for the report."""

    decimal: str
    note: Message | None = None


@dataclass
class _Evidence:
    """Example cells of one sign: it is the decimal sign, it separates thousands, or either is possible."""

    decimal: str = ""
    thousands: str = ""
    unclear: str = ""
    both: str = ""
    """A cell with both signs, whose order shows which is the decimal sign."""
    unmarked: str = ""
    """A whole number of five digits or more without any sign: thousands are not separated."""


def infer(texts: Iterable[str], declared: str = "", usual_comma: str = "thousands") -> NumberFormat:
    """The number format of a column.

    Args:
        texts: the cells as printed. Cells that are not numbers are ignored.
        declared: the decimal sign in the mapping file, if any; the column is then only checked against it.
        usual_comma: what a comma before three digits is if no cell shows it: "thousands", or "unclear" in a file
            with semicolons between cells, which is usual where the comma is the decimal sign.

    Raises:
        Undeclared: the column contradicts itself or the declaration, or is ambiguous.
    """
    cells = list(texts)
    check_triangles(cells)
    evidence = {".": _Evidence(), ",": _Evidence()}
    for text in cells:
        _add_evidence(text, evidence)
    _check_consistent(evidence)
    if declared:
        return _declared(declared, evidence)
    dot, comma = evidence["."], evidence[","]
    if comma.decimal or dot.thousands:
        if comma.both or dot.both:
            return NumberFormat(",", Message("note.decimal_comma", given=shorten(comma.both or dot.both)))
        proof = dot.thousands or comma.decimal
        raise Undeclared("number_form.dotted" if dot.thousands else "number_form.comma_shown", given=shorten(proof))
    if dot.unclear and not dot.decimal and not comma.thousands and not dot.unmarked:
        raise Undeclared("number_form.dot_unclear", given=shorten(dot.unclear))
    if comma.unclear and not comma.thousands and not dot.decimal:
        if usual_comma == "unclear":
            raise Undeclared("number_form.comma_unclear", given=shorten(comma.unclear))
        return NumberFormat(".", Message("note.commas", given=comma.unclear))
    return NumberFormat(".")


def check_triangles(cells: Collection[str]) -> None:
    """Check that triangles before the figures of a column are minus signs.

    Raises:
        Undeclared: they may be arrows: the column has both kinds, or no figure without an upward one.
    """
    figures = [cell.strip() for cell in cells if re.search("[1-9]", cell)]
    up = next((cell for cell in figures if cell.startswith(_UP)), "")
    if up and (any(cell.startswith(_DOWN) for cell in figures) or all(cell.startswith("▲") for cell in figures)):
        raise Undeclared("number_form.triangles", given=shorten(up))


def _check_consistent(evidence: dict[str, _Evidence]) -> None:
    """Check that no two cells contradict each other.

    Raises:
        Undeclared: two cells do.
    """
    dot, comma = evidence["."], evidence[","]
    for sign, shown in evidence.items():
        if shown.decimal and shown.thousands:
            raise Undeclared(
                "number_form.contradiction",
                first=shorten(shown.decimal),
                second=shorten(shown.thousands),
                sign=_name(sign),
            )
    if dot.decimal and comma.decimal:
        raise Undeclared("number_form.two_decimals", first=shorten(dot.decimal), second=shorten(comma.decimal))


def _declared(declared: str, evidence: dict[str, _Evidence]) -> NumberFormat:
    other = "," if declared == "." else "."
    if wrong := evidence[other].decimal or evidence[declared].thousands:
        raise Undeclared("number_form.otherwise", decimal=shorten(declared), given=shorten(wrong))
    return NumberFormat(declared)


def _name(sign: str) -> Message:
    return Message("number_form.dot") if sign == "." else Message("number_form.comma")


def _add_evidence(text: str, evidence: dict[str, _Evidence]) -> None:
    match = _PLAIN.fullmatch(normalized(text))
    if match is None:
        return
    digits = match[1].replace(" ", "")
    signs = [sign for sign in ".," if sign in digits]
    if len(signs) == 2:
        last = max(signs, key=digits.rfind)
        first = "," if last == "." else "."
        if digits.count(last) == 1:
            evidence[last].decimal = evidence[last].decimal or text
            evidence[first].thousands = evidence[first].thousands or text
            evidence[last].both = evidence[first].both = text
        return
    if not signs:
        if len(digits) > 4:
            evidence["."].unmarked = text
        return
    (sign,) = signs
    whole, *rest = digits.split(sign)
    shown = evidence[sign]
    if len(rest) > 1:
        shown.thousands = shown.thousands or text
    elif len(rest[0]) != 3 or len(whole) > 3 or whole.lstrip("0") == "":
        shown.decimal = shown.decimal or text
    else:
        shown.unclear = shown.unclear or text

"""Numbers and quantities in a sentence, English and Chinese: digits, number words, fractions, tenths (成), scales."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from text_to_num import text2num

SCALES = {
    "trillion": 1e12, "trillions": 1e12, "trn": 1e12, "tn": 1e12, "billion": 1e9, "billions": 1e9, "bn": 1e9,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "thousand": 1e3, "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8,
    "千万": 1e7,
    "百万": 1e6,
    "万": 1e4, "t": 1e12, "b": 1e9, "m": 1e6, "k": 1e3,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"trillions?|trn|tn|billions?|bn|millions?|mn|thousand|万亿|千亿|百亿|亿|千万|百万|万"
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
_SPELLED = rf"(?:{_WORDS})(?:[ -](?:and )?(?:{_WORDS}))*"
_PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6,
    "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_PART = r"half|thirds?|quarters?|fifths?|sixths?|seventh|eighths?|ninth|tenths?"
_ZH = "零一二两三四五六七八九十百"
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_NOT_PERIOD = r"(?!\s+(?:of|half|quarters?|months?)\b)"


@dataclass(frozen=True)
class Quantity:
    """A number as written. `value`: in full (20 for 20%). `step`: one unit of its last digit, in full."""

    start: int
    end: int
    value: float
    step: float
    kind: str
    """percent, points, number, rank."""
    text: str
    rough: bool = False
    """A fraction or a multiple: `a fifth`, `两成`; it names a size, not digits."""
    currency: str = ""
    """From a sign before the digits: `$`, `¥`."""
    scaled: bool = False
    """A scale is written: million, 亿."""


def chinese_number(text: str) -> int:
    """Chinese numerals below a thousand, or digits.

    >>> chinese_number("二十七"), chinese_number("两"), chinese_number("9")
    (27, 2, 9)
    """
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = {"两": 2}.get(sign, "零一二三四五六七八九".find(sign))
    return total + digit


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of the text from left to right; no character is read twice."""
    taken: list[tuple[int, int]] = []
    numbers: list[Quantity] = []
    for pattern, make in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            quantity = make(match)
            if quantity is not None:
                taken.append((quantity.start, quantity.end))
                numbers.append(quantity)
    return iter(sorted(numbers, key=lambda quantity: quantity.start))


def _step(digits: str) -> float:
    """One unit of the last digit as printed."""
    return 10.0 ** -len(digits.partition(".")[2])


def _amount(match: re.Match[str]) -> Quantity:
    digits = match["digits"].replace(",", "")
    word = (match["scale"] or match["short"] or "").lower()
    scale = SCALES.get(word, 1.0)
    sign = -1.0 if match["minus"] in ("-", "−") else 1.0
    tail = (match["tail"] or "").lower()
    kind = "points" if "point" in tail or "pp" in tail or "百分点" in tail else "percent" if tail else "number"
    currency = {"$": "USD", "¥": "CNY", "￥": "CNY"}.get(match["sign"] or "", "CNY" if match["rmb"] else "")
    if tail:
        scale, word = 1.0, ""
    return Quantity(
        match.start(), match.end(), sign * float(Decimal(digits) * int(scale)), _step(digits) * scale, kind,
        match[0].strip(), currency=currency, scaled=bool(word),
    )  # fmt: skip


def _spelled(match: re.Match[str]) -> Quantity | None:
    try:
        value = float(text2num(match["words"].lower().replace("a hundred", "one hundred"), "en"))
    except ValueError:
        return None
    scale = SCALES.get((match["scale"] or "").lower(), 1.0)
    tail = (match["tail"] or "").lower()
    kind = "points" if "point" in tail else "percent" if tail else "number"
    return Quantity(match.start(), match.end(), value * scale, scale, kind, match[0].strip(), scaled=scale > 1)


def _fraction(match: re.Match[str]) -> Quantity:
    """`a fifth`, `two-thirds`, `three quarters`, `half`: a rough percentage."""
    count = match["count"] or "a"
    top = 1 if count.lower() == "a" else int(text2num(count.lower(), "en"))
    value = 100.0 * float(Fraction(top, _PARTS[(match["part"] or match["half"]).lower()]))
    return Quantity(match.start(), match.end(), value, 1.0, "percent", match[0].strip(), rough=True)


def _tenths(match: re.Match[str]) -> Quantity:
    """`两成`, `三成五`: tenths."""
    value = 10.0 * chinese_number(match["tens"])
    value += chinese_number(match["ones"]) if match["ones"] else 5.0 if match["half"] else 0.0
    return Quantity(match.start(), match.end(), value, 1.0, "percent", match[0], rough=True)


def _zh_fraction(match: re.Match[str]) -> Quantity:
    """`三分之一`, `百分之二十`; `四分之三`."""
    bottom = match["bottom"]
    if bottom == "百":
        return Quantity(match.start(), match.end(), float(chinese_number(match["top"])), 1.0, "percent", match[0])
    value = 100.0 * chinese_number(match["top"]) / max(chinese_number(bottom), 1)
    return Quantity(match.start(), match.end(), value, 1.0, "percent", match[0], rough=True)


def _zh_half(match: re.Match[str]) -> Quantity:
    return Quantity(match.start(), match.end(), 50.0, 1.0, "percent", match[0], rough=True)


def _zh_number(match: re.Match[str]) -> Quantity:
    scale = SCALES[match["scale"]]
    value = chinese_number(match["digits"]) * scale
    return Quantity(match.start(), match.end(), value, scale, "number", match[0], scaled=True)


def _zh_count(match: re.Match[str]) -> Quantity:
    return Quantity(match.start(), match.end(), float(chinese_number(match["digits"])), 1.0, "number", match[0])


def _ordinal(match: re.Match[str]) -> Quantity:
    word = match["word"].lower()
    value = float(word[:-2]) if word[0].isdigit() else float(_ORDINALS.index(word) + 1)
    return Quantity(match.start(), match.end(), value, 1.0, "rank", match[0])


def _zh_ordinal(match: re.Match[str]) -> Quantity:
    return Quantity(match.start(), match.end(), float(chinese_number(match["digits"])), 1.0, "rank", match[0])


def _number_of(match: re.Match[str]) -> Quantity:
    return Quantity(match.start(), match.end(), float(match["digits"]), 1.0, "rank", match[0])


def _one_in(match: re.Match[str]) -> Quantity | None:
    """`one in nine dollars of exports`."""
    whole = int(match["of"]) if match["of"].isdigit() else text2num(match["of"].lower(), "en")
    if whole < 2:
        return None
    return Quantity(match.start(), match.end(), 100 / whole, 1.0, "percent", match[0], rough=True)


_TAIL = r"(?:percentage[ -]points?|%-points?|pp\b|ppts?\b|points?\b(?! to)|个百分点|%|per ?cent\b|pct\b|百分点)"
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (rf"\b(?:one|1) in (?:every )?(?P<of>{_WORDS}|\d{{1,2}})(?: (?:dollars?|yuan)(?= of\b))?(?![\w-])", _one_in),
        (
            rf"(?<![\w-])(?:(?P<count>a|one|two|three|four|five|seven|nine)[ -](?P<part>{_PART})|(?P<half>half))"
            r"(?![\w-])"
            r"(?! (?:straight|consecutive|time|year in))",
            _fraction,
        ),
        (r"(?P<tens>[一二两三四五六七八九])成(?:(?P<ones>[一二三四五六七八九])|(?P<half>半))?", _tenths),
        (rf"(?P<bottom>百|[{_ZH}]+)分之(?P<top>[{_ZH}]+)", _zh_fraction),
        (r"一半", _zh_half),
        (r"\bno\. ?(?P<digits>\d{1,2})\b", _number_of),
        (r"(?<=连续)(?P<digits>[一二两三四五六七八九十]+)(?=年|个月|个季度)", _zh_count),
        (r"第(?P<digits>[一二三四五六七八九十]+|\d{1,2})(?=大|位|个|高|的|$|年|贸)", _zh_ordinal),
        (rf"\b(?P<word>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b{_NOT_PERIOD}(?! time)", _ordinal),
        (
            rf"(?P<rmb>\brmb ?|\bcny ?)?(?P<minus>(?<![\w)])[-−+](?=[\d$¥]))?(?P<sign>[$¥￥])? ?"
            rf"(?<![\d.])(?P<digits>{_DIGITS})"
            rf"(?:[ -]?(?P<scale>{_SCALE})(?![a-z])|(?P<short>[tbmk])(?![\w]))?(?:[ -]?(?P<tail>{_TAIL}))?",
            _amount,
        ),
        (
            rf"\b(?P<words>(?:a hundred|{_SPELLED}))(?:[ -](?P<scale>{_SCALE})\b)?(?:[ -](?P<tail>{_TAIL}))?(?![\w-])",
            _spelled,
        ),
        (rf"(?P<digits>[{_ZH}]+)(?P<scale>万亿|千亿|百亿|亿|千万|百万|万)", _zh_number),
    )
)  # fmt: skip

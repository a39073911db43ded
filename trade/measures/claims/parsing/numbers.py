"""Find numbers and quantities in a sentence, English and Chinese: digits, words, fractions, tenths (成), scales."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TypeVar

from text_to_num import text2num

SCALES = {
    "trillion": 1e12, "trillions": 1e12, "trn": 1e12, "tn": 1e12, "billion": 1e9, "billions": 1e9, "bn": 1e9,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "thousand": 1e3, "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8,
    "千万": 1e7,
    "百万": 1e6, "thousand billion": 1e12, "million million": 1e12,
    "万": 1e4, "t": 1e12, "b": 1e9, "m": 1e6, "k": 1e3,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALE_WORDS = (
    r"thousand billion|million million|trillions?|trn|tn|billions?|bn|millions?|mn|thousand|"
    r"万亿|千亿|百亿|亿|千万|百万|万"
)
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
_ZH = "零一二两三四五六七八九十百千"
_ZH_DIGITS = "〇零一二三四五六七八九"
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_NOT_PERIOD = r"(?!\s+(?:of|half|quarters?|months?(?! in a row| running| in succession))\b)"


_HAN = re.compile(r"[\u3400-\u9fff]")
_NO_WORD = re.compile(r"\(\?P<\w+>|\\\w")
Making = TypeVar("Making")


def forms_for(
    text: str, forms: tuple[tuple[re.Pattern[str], Making], ...]
) -> tuple[tuple[re.Pattern[str], Making], ...]:
    """The forms to try on a text; purely Chinese ones only if it has Chinese characters."""
    return forms if _HAN.search(text) else tuple(form for form in forms if not _is_chinese(form[0].pattern))


@cache
def _is_chinese(pattern: str) -> bool:
    return bool(_HAN.search(pattern)) and re.search("[a-zA-Z]", _NO_WORD.sub("", pattern)) is None


@dataclass(frozen=True)
class Quantity:
    """A number as written. `value`: in full (20 for 20%). `step`: one unit of its last digit, in full."""

    start: int
    end: int
    value: float
    step: float
    kind: str
    """percent, points, number, rank, times (3 for `three times`, 3倍)."""
    text: str
    rough: bool = False
    """Whether it is a fraction or a multiple, which has no digits: `a fifth`, `两成`."""
    currency: str = ""
    """From a sign before the digits: `$`, `¥`."""
    scaled: bool = False
    """Whether it has a scale: million, 亿."""
    top: float | None = None
    """The upper end of a range: `5 to 6 per cent`, 800多万."""


def chinese_number(text: str) -> int:
    """Chinese numerals below ten thousand, or digits.

    >>> chinese_number("二十七"), chinese_number("两"), chinese_number("9"), chinese_number("九千三百二十")
    (27, 2, 9, 9320)
    """
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for sign in text:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = {"两": 2}.get(sign, "零一二三四五六七八九".find(sign))
    return total + digit


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of the text from left to right, without overlaps; the two ends of a range are one number."""
    spans: list[tuple[int, int]] = []
    numbers: list[Quantity] = []
    for pattern, make in forms_for(text, _FORMS):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in spans):
                continue
            quantity = make(match)
            if quantity is not None:
                spans.append((quantity.start, quantity.end))
                numbers.append(quantity)
    return _ranged(text, sorted(numbers, key=lambda quantity: quantity.start))


_TO = re.compile(r"\s*(?:元|美元|yuan|dollars|吨|辆|台)?\s*(?:-|–|—|~|～|to|至|到)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*and\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom|从|由|自)\s*$", re.IGNORECASE)


def _ranged(text: str, numbers: list[Quantity]) -> Iterator[Quantity]:
    """Join ranges: `between 5 and 6 per cent`, `$20-30 bn`, 5%至6%; but `from 5% to 6%` is a movement."""
    at = 0
    while at < len(numbers):
        first = numbers[at]
        joined = _range(text, first, numbers[at + 1]) if at + 1 < len(numbers) else None
        yield joined or first
        at += 2 if joined else 1


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    between = text[low.end : high.start]
    led = text[: low.start]
    opened = _BETWEEN.search(led)
    joined = _AND.fullmatch(between) if opened else _TO.fullmatch(between) and not _FROM.search(led)
    written = high.kind in ("percent", "points") or high.scaled or high.currency
    if not joined or not written or low.rough or high.rough or low.top or high.top:
        return None
    bare = low.kind == "number" and not low.scaled
    if bare and (high.kind != "number" or high.scaled):
        # `5 to 6 per cent`, `$20 to $30 billion`: the first has the unit and the scale of the second
        scale = SCALES.get(_scale_of(high.text), 1.0) if high.kind == "number" else 1.0
        low = replace(low, value=low.value * scale, step=low.step * scale, kind=high.kind)
    if low.kind != high.kind or low.value >= high.value or (low.currency and high.currency not in ("", low.currency)):
        return None
    start = opened.start() if opened else low.start
    return replace(
        high, start=start, value=low.value, step=min(low.step, high.step), text=text[start : high.end].strip(),
        currency=low.currency or high.currency, top=high.value,
    )  # fmt: skip


def _scale_of(text: str) -> str:
    return next((match[0].lower() for match in re.finditer(SCALE_WORDS, text, re.IGNORECASE)), text[-1:].lower())


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
    value, step = sign * float(Decimal(digits) * int(scale)), _step(digits) * scale
    top = None
    if match["more"] or match["rest"]:
        # 800多万 is below 900万, 832万余 below 833万
        zeros = len(digits) - len(digits.rstrip("0")) if "." not in digits else 0
        top = value + step * 10.0 ** (zeros if match["more"] else 0)
    return Quantity(
        match.start(), match.end(), value, step, kind, match[0].strip(), currency=currency, scaled=bool(word), top=top,
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


def _compound(match: re.Match[str]) -> Quantity | None:
    """`three trillion seven hundred seventy billion`, `3 trillion 770 billion`, 3万7700亿: parts of falling scale."""
    parts = [(part[1], SCALES[part[2].lower()]) for part in _PART_OF_COMPOUND.finditer(match["parts"])]
    scales = [scale for _, scale in parts]
    try:
        sizes = [
            float(digits.replace(",", "")) if digits[0].isdigit() else text2num(digits.lower(), "en")
            for digits, _ in parts
        ]
    except ValueError:
        return None
    if any(second >= first for first, second in pairwise(scales)):
        return None
    value = sum(size * scale for size, scale in zip(sizes, scales, strict=True))
    step = _step(parts[-1][0]) * scales[-1] if parts[-1][0][0].isdigit() else scales[-1]
    currency = {"$": "USD", "¥": "CNY", "￥": "CNY"}.get(match["sign"] or "", "")
    return Quantity(match.start(), match.end(), value, step, "number", match[0].strip(), currency=currency, scaled=True)


def _zh_nested(match: re.Match[str]) -> Quantity:
    """26万9900亿, 二十六万九千九百亿: how many hundred millions, in ten thousands and ones."""
    high, low = (chinese_number(match[name]) for name in ("high", "low"))
    low_step = 10 ** (len(str(low)) - len(str(low).rstrip("0"))) if low else 1
    value = (1e4 * high + low) * 1e8
    return Quantity(match.start(), match.end(), value, 1e8 * min(low_step, 100), "number", match[0], scaled=True)


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
    """`三分之一`, `百分之二十`, 百分之六点一; `四分之三`."""
    bottom = match["bottom"]
    if bottom == "百":
        value, step = _zh_decimal(match["top"], match["part"])
        return Quantity(match.start(), match.end(), value, step, "percent", match[0])
    value = 100.0 * chinese_number(match["top"]) / max(chinese_number(bottom), 1)
    return Quantity(match.start(), match.end(), value, 1.0, "percent", match[0], rough=True)


def _zh_decimal(whole: str, part: str | None) -> tuple[float, float]:
    """六点一 and one unit of its last digit."""
    digits = "".join(str("零一二三四五六七八九".find(sign.replace("〇", "零"))) for sign in part or "")
    return float(f"{chinese_number(whole)}.{digits or 0}"), 10.0 ** -len(digits)


def _zh_points(match: re.Match[str]) -> Quantity:
    """六点一个百分点, 两个百分点."""
    value, step = _zh_decimal(match["top"], match["part"])
    return Quantity(match.start(), match.end(), value, step, "points", match[0])


def _zh_half(match: re.Match[str]) -> Quantity:
    return Quantity(match.start(), match.end(), 50.0, 1.0, "percent", match[0], rough=True)


def _zh_number(match: re.Match[str]) -> Quantity:
    scale = SCALES[match["scale"]]
    value, step = _zh_decimal(match["digits"], match["part"])
    if match["digits"].endswith("千") and not match["part"]:
        step = 1e3  # 三千亿 rounds as 3千亿 does
    top = (value + step) * scale if match["rest"] else None
    if match["more"]:
        # 四千多亿 is below 五千亿
        top = (value + {"千": 1e3, "百": 1e2, "十": 10.0}.get(match["digits"][-1], 1.0)) * scale
    return Quantity(
        match.start(), match.end(), round(value * scale, 6), step * scale, "number", match[0], scaled=True, top=top
    )


def _times(match: re.Match[str]) -> Quantity:
    """`three times`, `1.5 times`, `3-fold`, 2.5倍, 一倍多, `twice`."""
    parts = match.groupdict()
    word = (parts.get("digits") or parts.get("word") or "two").lower()
    if parts.get("zh"):
        value, step = _zh_decimal(parts["zh"], parts["part"])
    elif word[0].isdigit():
        value, step = float(word), _step(word)
    else:
        value, step = float(text2num(word, "en")), 1.0
    top = value + step if parts.get("more") or parts.get("rest") else None
    return Quantity(
        match.start(), match.end(), value, step, "times", match[0].strip(), rough=step == 1.0 and not top, top=top
    )


_DIGIT_COUNTS = {"single": 0, "个": 0, "一": 0, "double": 1, "两": 1, "triple": 2, "三": 2}


def _in_digits(match: re.Match[str]) -> Quantity:
    """`double-digit growth`, 两位数增长: from 10% to below 100%."""
    power = _DIGIT_COUNTS[match["count"].lower()]
    low = 10.0**power if power else 0.0
    return Quantity(match.start(), match.end(), low, 0.0, "percent", match[0].strip(), top=10.0 ** (power + 1))


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
    """`one in nine dollars of exports`, `six in ten`."""
    part, whole = (int(word) if word.isdigit() else text2num(word.lower(), "en") for word in match.group("count", "of"))
    if whole <= part:
        return None
    return Quantity(match.start(), match.end(), 100 * part / whole, 1.0, "percent", match[0], rough=True)


_PART_OF_COMPOUND = re.compile(rf"({_SPELLED}|{_DIGITS})[ -]?({SCALE_WORDS})", re.IGNORECASE)
_TAIL = (
    r"(?:percentage[ -]points?|%-points?|pp\b|ppts?\b|points?\b(?! to (?!\d|[a-z' ]*\bgrowth\b))|个百分点|"
    r"%|per ?cent\b|pct\b|百分点)"
)
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (
            rf"\b(?P<count>one|1|(?:{_WORDS})(?= in (?:every )?[a-z])|\d(?= in (?:every )?(?:[3-9]|10)\b))"
            r" in (?:every )?"
            rf"(?P<of>{_WORDS}|\d{{1,2}})(?: (?:dollars?|yuan)(?= of\b))?(?![\w-])(?! (?:months|years|quarters|days))",
            _one_in,
        ),
        (rf"(?<![\d.,])(?P<high>\d+|[{_ZH}]+)万(?P<low>\d{{1,4}}|[{_ZH}]+)亿", _zh_nested),
        (
            rf"(?P<sign>[$¥￥])? ?(?<![A-Za-z\d.,])(?P<parts>(?:{_SPELLED}|{_DIGITS})[ -]?(?:{SCALE_WORDS})"
            rf"(?:,? ?(?:and )?(?:{_SPELLED}|{_DIGITS})[ -]?(?:{SCALE_WORDS}))+)(?![a-z])",
            _compound,
        ),
        (
            rf"(?<![\w-])(?:(?P<count>a|one|two|three|four|five|seven|nine)[ -](?P<part>{_PART})|(?P<half>half))"
            r"(?![\w-])"
            r"(?! (?:straight|consecutive|time|year in))",
            _fraction,
        ),
        (r"(?P<tens>[一二两三四五六七八九])成(?:(?P<ones>[一二三四五六七八九])|(?P<half>半))?", _tenths),
        (rf"(?P<bottom>百|[{_ZH}]+)分之(?P<top>[{_ZH}]+)(?:点(?P<part>[{_ZH_DIGITS}]+))?", _zh_fraction),
        (rf"(?P<top>[{_ZH}]+)(?:点(?P<part>[{_ZH_DIGITS}]+))?个?百分点", _zh_points),
        (r"(?P<count>个|一|两|三)位数", _in_digits),
        (r"\b(?P<count>single|double|triple)[- ]digits?\b", _in_digits),
        (
            rf"(?<!翻)(?<!翻了)(?:(?P<digits>\d+(?:\.\d+)?)|(?P<zh>[{_ZH}]+)(?:点(?P<part>[{_ZH_DIGITS}]+))?)"
            r"(?:(?P<more>多|余)倍|倍(?P<rest>多|有余)?)",
            _times,
        ),
        (rf"\b(?:(?P<digits>\d+(?:\.\d+)?)|(?P<word>{_WORDS})) times\b|\btwice\b", _times),
        (r"\b(?:(?P<digits>\d+)-?|(?P<word>six|seven|eight|nine|ten)-?)fold\b", _times),
        (r"一半", _zh_half),
        (r"\bno\. ?(?P<digits>\d{1,2})\b", _number_of),
        (r"(?<=连续)(?P<digits>[一二两三四五六七八九十]+)(?=年|个月|个季度)", _zh_count),
        (r"第(?P<digits>[一二三四五六七八九十]+|\d{1,2})(?=大|位|个|高|的|$|年|贸)", _zh_ordinal),
        (rf"\b(?P<word>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b{_NOT_PERIOD}(?! time)", _ordinal),
        (
            rf"(?P<rmb>\brmb ?|\bcny ?)?(?P<minus>(?<![A-Za-z\d)%])[-−+](?=[\d$¥]))?(?P<sign>[$¥￥])? ?"
            rf"(?<![\d.])(?P<digits>{_DIGITS})"
            rf"(?P<more>[多余](?=[万亿千百个]))?"
            rf"(?:[ -]?(?P<scale>{SCALE_WORDS})(?![a-z])|(?P<short>[tbmk])(?![\w]))?(?P<rest>(?<=[万亿千百])[多余])?"
            rf"(?:[ -]?(?P<tail>{_TAIL}))?",
            _amount,
        ),
        (
            rf"\b(?P<words>(?:a hundred|{_SPELLED}))(?:[ -](?P<scale>{SCALE_WORDS})\b)?"
            rf"(?:[ -](?P<tail>{_TAIL}))?(?![\w-])",
            _spelled,
        ),
        (
            rf"(?P<digits>[{_ZH}]+)(?:点(?P<part>[{_ZH_DIGITS}]+))?(?P<more>[多余])?(?P<scale>万亿|千亿|百亿|亿|千万|百万|万)(?P<rest>[多余])?",
            _zh_number,
        ),
    )
)  # fmt: skip

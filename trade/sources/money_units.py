"""Units of money as tables print them: a currency and a power of ten, read from words and never assumed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from trade.errors import TradeError, shorten
from trade.sources.text_folding import plain

CURRENCIES: dict[str, str] = {
    "HKD": r"hk\s?\$|hkd|hong kong dollars?|港元|港币",
    "TWD": r"nt\s?\$|n\.t\. ?dollars?|twd|ntd|new taiwan dollars?|新台币元?|台币",
    "SGD": r"(?<![a-z])s\s?\$|sgd|singapore dollars?|新加坡元|坡元",
    "AUD": r"(?<![a-z])au?\s?\$|aud|australian dollars?|澳大利亚元|澳元",
    "NZD": r"nz\s?\$|nzd|new zealand dollars?|新西兰元|纽元",
    "CAD": r"(?<![a-z])c(?:an?)?\s?\$|(?<![a-z])cad(?![a-z])|canadian dollars?|加拿大元|加元",
    "BRL": r"(?<![a-z])r\s?\$|brl|brazilian reais|reais|雷亚尔",
    "MXN": r"mex\s?\$|mxn|mexican pesos?|墨西哥比索",
    "MOP": r"mop\s?\$?|patacas?|澳门元|澳门币",
    "USD": r"us\s?\$|u\.\s?s\.\s?\$|\$\s?us(?![a-z])|usd|us[ -]dollars?|u\.\s?s\. ?dollars?|united states dollars?"
    r"|american dollars?|dollars? (?:us(?![a-z])|des etats-unis|americains?)"
    r"|dolares (?:estadounidenses|americanos|eua?)|долл(?:\.|ар(?:ов|ы|ах)?)? ?сша"
    r"|미국? ?달러|美元|美金|[美米][トド]ル",
    "JPY": r"jpy|jp\s?¥|(?<![a-z])yen(?![a-z])|日元|日圆|円",
    "EUR": r"(?<![a-z])eur(?![a-z])|euros?(?![a-z])|€|欧元",
    "GBP": r"gbp|£|pounds? sterling|英镑",
    "KRW": r"krw|원(?![가-힣])|(?<![a-z])won(?![a-z])|₩|韩元|韩圆|韩币",
    "RUB": r"(?<![a-z])rub(?![a-z])|rou?bles?|руб(?:\.|л(?:ей|ях|и|ь)?)?|₽|卢布",
    "INR": r"(?<![a-z])inr(?![a-z])|indian rupees?|rupees?|₹|印度卢比",
    "VND": r"vnd|(?<![a-z])[dđ]ong(?![a-z])|₫|越南盾",
    "THB": r"thb|baht|฿|泰铢",
    "IDR": r"idr|rupiah|印尼盾|印尼卢比",
    "MYR": r"myr|ringgit|(?<![a-z])rm(?=\s?\d|\s?mil|\s?bil)|林吉特|马币",
    "PHP": r"(?<![a-z])php(?![a-z])|philippine pesos?|菲律宾比索",
    "CHF": r"(?<![a-z])chf(?![a-z])|swiss francs?|瑞士法郎",
    "ZAR": r"(?<![a-z])zar(?![a-z])|(?<![a-z])rands?(?![a-z])|兰特",
    "TRY": r"turkish liras?|土耳其里拉",
    "SAR": r"(?<![a-z])sar(?![a-z])(?! of)|saudi riyals?|沙特里亚尔",
    "AED": r"(?<![a-z])aed(?![a-z])|dirhams?|迪拉姆",
    "KZT": r"kzt|tenge|坚戈",
    "XDR": r"(?<![a-z])sdrs?(?![a-z])|(?<![a-z])xdr(?![a-z])|特别提款权",
    "CNY": r"cny|cn\s?¥|(?<![a-z])cnh(?![a-z])|rmb|renminbi|yuan|人民币元?",
}
"""Patterns by ISO 4217 code, for text in lower case and simplified Chinese. Matches are removed one after the other, so
that `HK$` is not also read as `$`, nor the 元 of 日元 as China's."""
_PATTERNS = {code: re.compile(pattern) for code, pattern in CURRENCIES.items()}
_UNCLEAR = re.compile(
    r"\$|(?<![a-z])dollars?(?![a-z])|달러|[トド]ル|долл|¥|(?<![a-z])pesos?(?![a-z])|卢比|比索|里拉|法郎"
)
_DOLLAR = r"\$|(?<![a-z])dollars?(?![a-z])|달러|[トド]ル|долл(?:\.|ар(?:ов|ы|ах)?)?"
_SHARED = {
    code: re.compile(pattern)
    for code, pattern in {
        **dict.fromkeys(["USD", "SGD", "AUD", "NZD", "CAD"], _DOLLAR), **dict.fromkeys(["HKD", "TWD"], f"{_DOLLAR}|元"),
        "MOP": "元", "CNY": "¥|元", "JPY": "¥", "INR": r"(?<![a-z])rs\.?(?![a-z])|卢比",
        **dict.fromkeys(["MXN", "PHP"], r"(?<![a-z])pesos?(?![a-z])|比索"),
    }.items()
}  # fmt: skip
"""Signs that several currencies share, by the currencies that they may mean."""
_MANDARIN = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
}
_WORDS = {
    r"lakh crores?": 12,
    r"hundred billions?": 11,
    r"ten billions?": 10,
    r"thousand millions?": 9,
    r"hundred millions?": 8,
    r"ten millions?": 7,
    r"hundred thousands?": 5,
    r"ten thousands?": 4,
    r"trillions?|tn|trn|trilliun|triliun|трлн|조": 12,
    r"billions?|bn|bln|mrd|mld|milliards?|mil millones|milliarden|miliardi|miliar|milyar|ty|млрд|십억": 9,
    r"억": 8,
    r"crores?": 7,
    r"millions?|mn|mln|mio|mill|m|millones|milhoes|millionen|milioni|juta|milyon|trieu|млн|백만": 6,
    r"lakhs?": 5,
    r"만": 4,
    r"thousands?|thsd|tsd|tys|k|milliers|miles|tausend|migliaia|ribu|nghin|ngan|тыс|천": 3,
    r"hundreds?": 2,
}
_NUMBER = r"(?P<number>1(?:[ ,]?0+(?:[ ,]000)*)?(?![\d.]))"
_SCALES = [
    *((re.compile(rf"(?:{_NUMBER}\s*)?{word}"), power) for word, power in _MANDARIN.items()),
    *((re.compile(rf"(?:{_NUMBER}\s*)?(?<![a-z])(?:{words})(?![a-z])"), power) for words, power in _WORDS.items()),
]
_ZEROS = re.compile(
    r"(?:'|’|x|×)\s?000(?!\d)|(?<![\d.,])(?<!\d\s)000s?(?!\d)|10\s?\^\s?(?P<exponent>\d{1,2})"
    r"|(?<![a-z\d])1e\+?(?P<power>\d{1,2})(?!\d)"
)
_DIGITS = re.compile(rf"(?<![\d.,]){_NUMBER}")
_UNCLEAR_SCALE = re.compile(r"(?<![a-z])mil(?![a-z])|(?<![a-z])(?:bin|mm)(?![a-z])|兆|十|百|dozens?")
_RAISED = re.compile("10([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})")
_PRICE = re.compile(
    r"(?:\bper\s|/\s?)(?:kg|kilo(?:gram)?s?|t|tons?|tonnes?|mt|barrels?|bbl|units?|litres?|head|capita)\b|元\s?/\s?(?:吨|千克|公斤|人)"
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u3040-\u30ff\uac00-\ud7af]{2,}")
"""A word in a script of which not all words for scales are known: Greek to Mongolian, Japanese kana, Korean."""


class UnitUnclear(TradeError):
    """The printed unit is ambiguous. The message is the end of a sentence."""


@dataclass(frozen=True)
class Unit:
    """A currency and the power of ten of the printed unit: 10,000 yuan is CNY and 4."""

    currency: str
    power: int

    @property
    def scale(self) -> float:
        return 10.0**self.power


@dataclass(frozen=True)
class Reading:
    """The unit that a text names. `currency`: empty if it names none; `power`: None if it names no scale."""

    currency: str
    power: int | None


def read(text: str, *, assumed: str = "") -> Reading:
    """The currency and the scale that a text names.

    Args:
        assumed: the currency that a sign means which several share: CNY for 元 in China's own tables.

    Raises:
        UnitUnclear: several currencies or scales, a sign that several currencies share, a scale of unclear size.
    """
    rest = plain(_RAISED.sub(lambda match: f"10^{unicodedata.normalize('NFKC', match[1])}", text))
    if _PRICE.search(rest):
        raise UnitUnclear("unit.price", text=shorten(text.strip(), 60))
    currencies = []
    for code, pattern in _PATTERNS.items():
        rest, count = pattern.subn(" ", rest)
        if count:
            currencies.append(code)
    if len(currencies) > 1:
        raise UnitUnclear("unit.several_currencies", text=shorten(text.strip(), 60), currencies=", ".join(currencies))
    if not currencies and assumed in _SHARED:
        rest, count = _SHARED[assumed].subn(" ", rest)
        currencies = [assumed] if count else []
    if not currencies and (sign := _UNCLEAR.search(rest)):
        raise UnitUnclear("unit.whose", text=shorten(text.strip(), 60), sign=shorten(sign[0]))
    return Reading(currencies[0] if currencies else "", _power(text, rest, bool(currencies)))


def _power(text: str, rest: str, has_currency: bool) -> int | None:
    """The power of ten that `rest` names, the text without its currency; None if it names none."""
    powers: set[int] = set()
    for pattern, power in _SCALES:
        for match in pattern.finditer(rest):
            number = re.sub(r"\D", "", match["number"] or "1")
            powers.add(power + len(number) - 1)
        rest = pattern.sub(" ", rest)
    for match in _ZEROS.finditer(rest):
        powers.add(int(match["exponent"] or match["power"] or 3))
    rest = _ZEROS.sub(" ", rest)
    if has_currency and not powers:
        powers |= {len(re.sub(r"\D", "", match["number"])) - 1 for match in _DIGITS.finditer(rest)}
    if len(powers) > 1:
        scales = ", ".join(f"{10**power:,}" for power in sorted(powers))
        raise UnitUnclear("unit.several_scales", text=shorten(text.strip(), 60), scales=scales)
    if not powers and has_currency and (word := _UNCLEAR_SCALE.search(rest) or _OTHER_SCRIPT.search(rest)):
        raise UnitUnclear("unit.how_much", text=shorten(text.strip(), 60), word=shorten(word[0]))
    return powers.pop() if powers else None

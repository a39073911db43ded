"""Numbers, amounts, periods, dates and words as a reader reads them, in English (`en`) or Chinese (`zh`).

Every figure on screen, in a file name or in a sentence passes through here, so units, signs and missing values look
alike everywhere. Amounts come in whole yuan or dollars, rates in per cent. A missing value is said, never drawn as 0.
The words stand in `trade/text/strings/<lang>.toml`, one file per language; what a language lacks is said in English.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

MINUS = "\u2212"
EN_DASH = "\u2013"

STRINGS = Path(__file__).parent / "strings"
LANGUAGES = ("en", "zh")
"""One file of strings each; in the first all else is written: measures, facts, errors."""

_LOCALES = {"en": "en_GB", "zh": "zh_CN"}
# The steps in which amounts are told, largest first. Their names are in the strings, `step.1e12` ...
_STEPS = {"en": (1e12, 1e9, 1e6, 1.0), "zh": (1e12, 1e8, 1e4, 1.0)}


@cache
def strings(lang: str) -> dict[str, str]:
    """The words of a language by dotted key (`flow.export`)."""
    return dict(_flat(tomllib.loads((STRINGS / f"{lang}.toml").read_text(encoding="utf-8"))))


def _flat(tree: dict, path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield path + key, value


def say(key: str, lang: str = "en", **values: object) -> str:
    """The words for `key`, its `{names}` filled in. A key that no language has shows as `⟦key⟧`: tests look for it."""
    words = strings(lang).get(key)
    if words is None:
        words = strings("en").get(key, f"⟦{key}⟧")
    return words.format(**values) if values else words


def has(key: str) -> bool:
    """Whether any language has words for `key`."""
    return key in strings("en")


def short_title(title: str) -> str:
    """A source's title up to its colon: what follows describes its content, and stands in the full citation."""
    return title.partition("：")[0].partition(":")[0]


def is_missing(value: object) -> bool:
    """True for None, NaN and pandas' NA and NaT: nothing that could be printed as a number."""
    try:
        return value is None or math.isnan(value)  # type: ignore[arg-type]
    except TypeError:
        return True


def missing(lang: str = "en") -> str:
    """The words for a value that no source gives."""
    return say("missing", lang)


@lru_cache(maxsize=8)
def _locale(lang: str) -> Locale:
    return Locale.parse(_LOCALES[lang])


def _round(value: float, digits: int) -> Decimal:
    """`value` rounded half up in decimal, as statistical offices round (2.675 is 2.68, not 2.67)."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def number(value: float | None, digits: int = 0, lang: str = "en", *, signed: bool = False) -> str:
    """`value` with grouped thousands, exactly `digits` decimals and a true minus; a plus sign if `signed`."""
    if value is None or is_missing(value):
        return missing(lang)
    rounded = _round(value, digits)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(abs(rounded), format=pattern, locale=_locale(lang))
    if rounded == 0:
        return text
    return (MINUS if rounded < 0 else "+" if signed else "") + text


def count(value: float | None, lang: str = "en") -> str:
    """A count of things: no decimals, grouped thousands."""
    return number(value, 0, lang)


def large(value: float | None, lang: str = "en") -> str:
    """A count of things in words: `3.93 million`, `132,000`, in Chinese `393.34万`."""
    if value is None or is_missing(value):
        return missing(lang)
    size = next((step for step in _STEPS[lang] if step > 1 and abs(value) >= step), 1.0)
    figure = number(value / size, 2 if size > 1 else 0, lang)
    return f"{figure}{'' if lang == 'zh' else ' '}{_word(size, lang)}".strip()


def percent(value: float | None, digits: int = 1, lang: str = "en", *, signed: bool = True) -> str:
    """A rate in per cent, with its sign unless it is a share: `+3.8 %`, `−0.6 %`, in Chinese `+3.8%`."""
    if value is None or is_missing(value):
        return missing(lang)
    return number(value, digits, lang, signed=signed) + ("%" if lang == "zh" else " %")


def points(value: float | None, digits: int = 1, lang: str = "en") -> str:
    """A difference of rates, or a contribution, in percentage points: `+2.4 pp`."""
    if value is None or is_missing(value):
        return missing(lang)
    return number(value, digits, lang, signed=True) + say("points", lang)


@dataclass(frozen=True)
class Scale:
    """The step in which a set of amounts is drawn: divide by `size`, write `unit` on the axis."""

    size: float
    unit: str
    digits: int = 2

    def of(self, value: float) -> float:
        """`value` in this scale."""
        return value / self.size


def _step(magnitude: float, lang: str, digits: int = 2) -> float:
    """The largest step that `magnitude` reaches once rounded, so 999.999 billion is told as 1.00 trillion."""
    reached = (size for size in _STEPS[lang] if _round(magnitude / size, digits) >= 1)
    return next(reached, 1.0)


def _word(size: float, lang: str) -> str:
    return say(f"step.{size:.0e}".replace("+", ""), lang)


def _unit(size: float, currency: str, lang: str) -> str:
    word, name = _word(size, lang), say(f"money.{currency}", lang)
    return word + name if lang == "zh" else f"{word} {name}".strip()


def scale(values: Iterable[float | None], currency: str, lang: str = "en") -> Scale:
    """The scale that suits all `values`: that of the largest, one step down if most would start with `0.`."""
    sizes = sorted(abs(value) for value in values if value is not None and not is_missing(value))
    if not sizes:
        return Scale(1.0, _unit(1.0, currency, lang))
    size = _step(sizes[-1], lang)
    middle = sizes[len(sizes) // 2]
    if middle < size / 10:
        size = _step(max(middle, size / 1000), lang)
    return Scale(size, _unit(size, currency, lang))


def amount(value: float | None, currency: str, lang: str = "en", digits: int | None = None) -> str:
    """An amount of money in words: `45.47 trillion yuan`, `$3.77 trillion`, `45.47万亿元`, `3.77万亿美元`."""
    if value is None or is_missing(value):
        return missing(lang)
    size = _step(abs(value), lang)
    scaled = value / size
    figure = number(scaled, _decimals(scaled, size) if digits is None else digits, lang)
    if lang == "zh":
        return figure + _unit(size, currency, lang)
    if currency == "USD":
        sign, figure = (MINUS, figure[1:]) if figure.startswith(MINUS) else ("", figure)
        return f"{sign}${figure} {_word(size, lang)}".strip()
    return f"{figure} {_unit(size, currency, lang)}"


def _decimals(scaled: float, size: float) -> int:
    """Two decimals below a hundred steps, one above, none for plain units."""
    if size == 1.0:
        return 0
    return 2 if abs(scaled) < 100 else 1


def currency_name(currency: str, lang: str = "en") -> str:
    """What amounts are told in: `CNY` -> `yuan`, `USD` -> `dollars`; in Chinese 人民币 (its unit is 元) and 美元."""
    return say(f"currency.{currency}", lang)


def period(code: str | None, freq: str = "", lang: str = "en", *, short: bool = False) -> str:
    """A period's code in words. With `freq` YTD the code names the last month counted.

    2025 | 2025-12 -> December 2025 | 2026-Q2 -> Q2 2026 | 2026-07, YTD -> January–July 2026 | 2021/2025 -> 2021–2025.
    """
    if not code or not isinstance(code, str):
        return missing(lang)
    if "/" in code:
        first, last = code.split("/")
        return f"{first}{EN_DASH}{last}" + ("年" if lang == "zh" else "")
    if len(code) == 4:
        return code + ("年" if lang == "zh" else "")
    if code[5] == "Q":
        return f"{code[:4]}年第{code[6]}季度" if lang == "zh" else f"{code[5:7]} {code[:4]}"
    year, month = int(code[:4]), int(code[5:7])
    return _year_to_date(year, month, lang, short) if freq == "YTD" else _month(year, month, lang, short)


def month(number: int, lang: str = "en") -> str:
    """A month's short name, for axes: `Mar`, `3月`."""
    return f"{number}月" if lang == "zh" else format_date(date(2000, number, 1), "MMM", locale=_locale(lang))


def _month(year: int, month: int, lang: str, short: bool) -> str:
    if lang == "zh":
        return f"{year}年{month}月"
    return format_date(date(year, month, 1), "MMM y" if short else "MMMM y", locale=_locale("en"))


def _year_to_date(year: int, month: int, lang: str, short: bool) -> str:
    if month == 1:
        return _month(year, 1, lang, short)
    if lang == "zh":
        return f"{year}年1{EN_DASH}{month}月"
    january = format_date(date(year, 1, 1), "MMM" if short else "MMMM", locale=_locale("en"))
    return f"{january}{EN_DASH}{_month(year, month, lang, short)}"


def day(iso: str | None, lang: str = "en") -> str:
    """An ISO date of any precision in words: 2026 | 2026-01 -> January 2026 | 2026-01-14 -> 14 January 2026."""
    if not iso or not isinstance(iso, str):
        return missing(lang)
    if len(iso) < 10:
        return period(iso, lang=lang)
    moment = date.fromisoformat(iso[:10])
    return format_date(moment, "y年M月d日" if lang == "zh" else "d MMMM y", locale=_locale(lang))


def span(first: str, last: str, freq: str = "", lang: str = "en") -> str:
    """From one period to another: `2000–2025`, `January 2024 – July 2026`."""
    if first == last:
        return period(last, freq, lang)
    if len(first) == 4 and len(last) == 4:
        return f"{first}{EN_DASH}{last}" + ("年" if lang == "zh" else "")
    # A running total is named by its last month: a span of such totals runs between months.
    inner = "" if freq == "YTD" else freq
    return f"{period(first, inner, lang)} {EN_DASH} {period(last, inner, lang)}"

"""Format numbers, amounts, periods and dates for users, in any language that has a folder of texts.

Every figure on screen, in a file name or in a sentence is formatted here, so that units, signs and missing values look
the same everywhere. Amounts are in whole yuan or dollars, rates in per cent. A missing value has words of its own and
is never shown as 0. Digit grouping, names of months and magnitudes (trillion, 万亿), and date formats are Babel's;
exceptions are in the language's `locale.toml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import get_decimal_symbol, get_group_symbol

from trade.text.catalog import LANGUAGES as LANGUAGES
from trade.text.catalog import has as has
from trade.text.catalog import own
from trade.text.catalog import say as say
from trade.text.message import Text, joined

MINUS = "\u2212"
EN_DASH = "\u2013"
_SMALLEST_STEP = 10_000
"""Amounts below this are written in full: 1,234 yuan, not 1.23 thousand yuan."""


def short_title(title: str) -> str:
    """A source's title up to its colon; the rest, which describes its content, is in the full citation."""
    return title.partition("：")[0].partition(":")[0]


_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def is_readable(text: str, lang: str) -> bool:
    """Whether a title is in the user's script: Chinese titles are not on English pages, nor English ones on Chinese
    pages."""
    return bool(_CHINESE.search(text)) == bool(_CHINESE.search(say("language.name", lang)))


def csv_encoding(lang: str) -> str:
    """UTF-8; for languages with a non-Latin script with the byte order mark by which Excel recognises it."""
    return "utf-8" if say("language.name", lang).isascii() else "utf-8-sig"


def is_missing(value: object) -> bool:
    """True for None, NaN and pandas' NA and NaT: nothing that could be printed as a number."""
    try:
        return value is None or math.isnan(value)  # type: ignore[arg-type]
    except TypeError:
        return True


def missing(lang: str = "en") -> str:
    """The words for a value that no source gives."""
    return say("missing", lang)


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(say("language.babel", lang))


@cache
def _steps(lang: str) -> dict[float, dict[str, str]]:
    """The magnitudes in which amounts are written, largest first, each with its patterns by plural form: `0
    trillion`."""
    lengths = _locale(lang).compact_decimal_formats
    forms = lengths.get("long") or lengths["short"]
    sizes = [int(size) for size, pattern in forms["other"].items() if _begins_step(int(size), pattern.pattern)]
    steps = {
        float(size): {form: patterns[str(size)].pattern.replace("'", "") for form, patterns in forms.items()}
        for size in sorted(sizes, reverse=True)
    }
    return steps | {1.0: {"other": "0"}}


def _begins_step(size: int, pattern: str) -> bool:
    """Whether a pattern begins a new magnitude (`0 billion`) rather than tens of the one before (`00 million`)."""
    return size >= _SMALLEST_STEP and pattern.count("0") == 1 and pattern.strip() != "0"


MOST_DIGITS = 28
"""Digits of a decimal number in Python's default context."""


def half_up(value: float, digits: int) -> Decimal:
    """`value` rounded half up in decimal, as statistical offices round (2.675 is 2.68, not 2.67)."""
    whole = Decimal(repr(float(value)))
    if whole.adjusted() + digits >= MOST_DIGITS:
        return whole  # so large that it has no such decimals
    return whole.quantize(_last_place(digits), rounding=ROUND_HALF_UP)


@cache
def _last_place(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def number(value: float | None, digits: int = 0, lang: str = "en", *, signed: bool = False) -> str:
    """`value` with grouped thousands, exactly `digits` decimals and a true minus; a plus sign if `signed`."""
    if value is None or is_missing(value):
        return missing(lang)
    rounded = half_up(value, digits)
    text = f"{abs(rounded):,f}".translate(_separators(lang))
    if rounded == 0:
        return text
    return (MINUS if rounded < 0 else "+" if signed else "") + text


@cache
def _separators(lang: str) -> dict[int, str]:
    """What Python's own marks between thousands and before decimals are in a language."""
    locale = _locale(lang)
    return {ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale)}


def count(value: float | None, lang: str = "en") -> str:
    """A count of things: no decimals, grouped thousands."""
    return number(value, 0, lang)


def large(value: float | None, lang: str = "en") -> str:
    """A count of things in words: `3.93 million`, `132,000`, in Chinese `393.34万`."""
    if value is None or is_missing(value):
        return missing(lang)
    size = next((step for step in _steps(lang) if step > 1 and abs(value) >= step), 1.0)
    return _stepped(value, size, 2 if size > 1 else 0, lang)


def exact(value: float, lang: str = "en") -> str:
    """A count with none of its digits lost: `780,000`, `3.43 million`, `3,933,428`, in Chinese `78万`, `343万`."""
    size = next((step for step in _steps(lang) if abs(value) >= step), 1.0)
    known = Decimal(repr(float(value))) / int(size)
    places = next((digits for digits in range(3) if half_up(value / size, digits) == known), None)
    return number(value, 0, lang) if places is None else _stepped(value, size, places, lang)


def _stepped(value: float, size: float, digits: int, lang: str) -> str:
    """`value` in a magnitude, with its name in the right plural form: `45.47 trillion`."""
    forms = _steps(lang)[size]
    form = _locale(lang).plural_form(abs(half_up(value / size, digits)))
    return forms.get(form, forms["other"]).replace("0", number(value / size, digits, lang), 1)


def percent(value: float | None, digits: int = 1, lang: str = "en", *, signed: bool = True) -> str:
    """A rate in per cent, with its sign unless it is a share: `+3.8%`, `−0.6%`, in Chinese `+3.8%`."""
    if value is None or is_missing(value):
        return missing(lang)
    return _percent_pattern(lang).format(number=number(value, digits, lang, signed=signed))


DASH = "–"
"""For a number of a table that is not known."""
MOST_DECIMALS = 5
"""Most decimals of a number below one."""


def digits_of(value: float | None, least: int) -> int:
    """The number of decimals: `least`, or more if a value other than zero would otherwise be written as zero."""
    if value is None or is_missing(value) or value == 0 or half_up(value, least) != 0:
        return least
    needed = math.ceil(-math.log10(abs(value)))
    return needed if needed <= MOST_DECIMALS else least


def share(value: float | None, digits: int = 1, lang: str = "en") -> str:
    """A share in per cent with at least so many digits; never zero unless it is: `3.8%`, `0.004%`, `under 0.00001%`."""
    digits = digits_of(value, digits)
    if value is None or is_missing(value) or value == 0 or half_up(value, digits) != 0:
        return percent(value, digits, lang, signed=False)
    return say("share_under", lang, share=percent(10**-MOST_DECIMALS, MOST_DECIMALS, lang, signed=False))


@cache
def _percent_pattern(lang: str) -> str:
    return re.sub(r"[#,.0]+", "{number}", _locale(lang).percent_formats[None].pattern)


def points(value: float | None, digits: int = 1, lang: str = "en") -> str:
    """A difference of rates, or a contribution, in percentage points: `+2.4 pp`."""
    if value is None or is_missing(value):
        return missing(lang)
    return number(value, digits, lang, signed=True) + say("points", lang)


@dataclass(frozen=True)
class Scale:
    """The magnitude in which a set of amounts is drawn: divide by `size`, write `unit` on the axis."""

    size: float
    unit: str
    digits: int = 2

    def of(self, value: float) -> float:
        """`value` in this scale."""
        return value / self.size


def _step(magnitude: float, lang: str, digits: int = 2) -> float:
    """The largest magnitude that a value reaches after rounding, so that 999.999 billion is written as 1.00
    trillion."""
    reached = (size for size in _steps(lang) if half_up(magnitude / size, digits) >= 1)
    return next(reached, 1.0)


def _step_name(size: float, lang: str) -> str:
    """`million`, `万`; empty for plain units."""
    return _steps(lang)[size]["other"].replace("0", "").strip()


def scale(values: Iterable[float | None], currency: str, lang: str = "en") -> Scale:
    """The scale that suits all `values`: that of the largest, or a smaller one if most would start with `0.`."""
    size = _common_step(values, lang)
    return Scale(size, say(f"unit.{currency}", lang, step=_step_name(size, lang)).strip())


def quantity_unit(unit: object, lang: str = "en", good: str = "") -> str:
    """The unit in which `good` (a customs commodity code) is counted, in words; without a translation, as in the table.

    In Chinese it depends on the good: 辆 for cars, 艘 for ships, 部 for phones.
    """
    key = f"quantity_unit.{str(unit).replace(' ', '_').replace(',', '')}"
    return say(key, lang, good=good.replace("-", "_") or "other") if has(key) else str(unit)


def scale_of_quantity(values: Iterable[float | None], unit: str, lang: str = "en") -> Scale:
    """The scale of quantities counted in `unit`, a name in the user's language: `million units`, `万个`."""
    size = _common_step(values, lang)
    return Scale(size, say("unit.counted", lang, step=_step_name(size, lang), name=unit).strip())


def _common_step(values: Iterable[float | None], lang: str) -> float:
    sizes = sorted(abs(value) for value in values if value is not None and not is_missing(value))
    if not sizes:
        return 1.0
    size = _step(sizes[-1], lang)
    middle = sizes[len(sizes) // 2]
    return _step(max(middle, size / 1000), lang) if middle < size / 10 else size


def amount(value: float | None, currency: str, lang: str = "en", digits: int | None = None) -> str:
    """An amount of money in words: `45.47 trillion yuan`, `$3.77 trillion`, `45.47万亿元`, `3.77万亿美元`."""
    if value is None or is_missing(value):
        return missing(lang)
    size = _step(abs(value), lang)
    places = _decimals(value / size, size) if digits is None else digits
    sign = MINUS if half_up(value / size, places) < 0 else ""
    return say(f"money.{currency}", lang, sign=sign, amount=_stepped(abs(value), size, places, lang))


def _decimals(scaled: float, size: float) -> int:
    """Two decimals below a hundred steps, one above, none for plain units."""
    if size == 1.0:
        return 0
    return 2 if abs(scaled) < 100 else 1


def currency_name(currency: str, lang: str = "en") -> str:
    """A currency's name in texts: `CNY` -> `yuan`, `USD` -> `dollars`; in Chinese 人民币 (its unit is 元) and 美元."""
    return say(f"currency.{currency}", lang)


def period(code: str | None, freq: str = "", lang: str = "en", *, short: bool = False) -> str:
    """A period's code in words. With `freq` YTD the code names the last month counted.

    2025 | 2025-12 -> December 2025 | 2026-Q2 -> Q2 2026 | 2026-07, YTD -> January–July 2026 | 2021/2025 -> 2021–2025
    | 2026-07/3, S -> May – July 2026.
    """
    if not code or not isinstance(code, str):
        return missing(lang)
    if "/" in code:
        first, last = code.split("/")
        return _months_together(first, int(last), lang) if freq == "S" else _years(first, last, lang)
    if not code[:4].isdecimal():
        return code
    if len(code) == 4:
        return _written(code, 1, "y", lang)
    if code[5] == "Q":
        return _written(code[:4], 3 * int(code[6]) - 2, "yQQQ", lang)
    year, month = code[:4], int(code[5:7])
    if freq == "YTD" and month > 1:
        return _year_to_date(year, month, "MMM" if short else "MMMM", lang)
    return _written(year, month, "yMMM" if short else "yMMMM", lang)


def month(number: int, lang: str = "en") -> str:
    """A month's short name, for axes: `Mar`, `3月`."""
    return format_date(date(2000, number, 1), "LLL", locale=_locale(lang))


def month_axis(lang: str = "en", *, lines: bool = False) -> str:
    """Plotly's date format for months on an axis; with `lines`, the year is on a second line, which saves width on
    phones. Plotly only knows English month names, so other languages show numbers."""
    if lines:
        return own("chart.month_axis_lines", lang) or "%m\n%Y"
    return own("chart.month_axis", lang) or "%Y-%m"


def _first_day(year: str, month: int = 1) -> date:
    return date(max(int(year), 1), month, 1)


@lru_cache(maxsize=4096)
def _written(year: str, month: int, fields: str, lang: str) -> str:
    """A period formatted by its fields in the order of the language: `yQQQ` -> `Q2 2026`, `2026年第2季度`."""
    return format_skeleton(fields, _first_day(year, month), locale=_locale(lang))


@lru_cache(maxsize=4096)
def _year_to_date(year: str, month: int, fields: str, lang: str) -> str:
    first, last = _first_day(year), _first_day(year, month)
    pattern = own("format.year_to_date", lang)
    if pattern is None:
        return format_interval(first, last, f"y{fields}", locale=_locale(lang))
    january = format_date(first, fields.replace("M", "L"), locale=_locale(lang))
    return pattern.format(first=january, last=_written(year, month, f"y{fields}", lang), year=year, month=month)


@lru_cache(maxsize=1024)
def _years(first: str, last: str, lang: str) -> str:
    return format_interval(_first_day(first), _first_day(last), "y", locale=_locale(lang))


def _months_together(last: str, count: int, lang: str) -> str:
    """A span of `count` months that ends with the month `last`."""
    end = 12 * int(last[:4]) + int(last[5:7]) - 1
    year, month = divmod(end - count + 1, 12)
    first = _first_day(str(year), month + 1)
    return format_interval(first, _first_day(last[:4], end % 12 + 1), "yMMMM", locale=_locale(lang))


def day(iso: str | None, lang: str = "en") -> str:
    """An ISO date of any precision in words: 2026 | 2026-01 -> January 2026 | 2026-01-14 -> 14 January 2026."""
    if not iso or not isinstance(iso, str):
        return missing(lang)
    if len(iso) < 10:
        return period(iso, lang=lang)
    return format_date(date.fromisoformat(iso[:10]), "long", locale=_locale(lang))


def listed(names: Sequence[str], lang: str = "en") -> Text:
    """Names one after the other, with their links: `a, b and c`, in Chinese `a、b和c`."""
    patterns = _locale(lang).list_patterns["standard"]
    comma, last = (patterns[part].format("", "") for part in ("middle", "end" if len(names) > 2 else "2"))
    return joined([joined(names[:-1], comma), *names[-1:]], last)


def span(first: str, last: str, freq: str = "", lang: str = "en") -> str:
    """From one period to another: `2000–2025`, `January 2024 – July 2026`."""
    if first == last:
        return period(last, freq, lang)
    if len(first) == 4 and len(last) == 4:
        return _years(first, last, lang)
    # A running total is named by its last month: a span of such totals runs between months.
    inner = "" if freq == "YTD" else freq
    pattern = own("format.span", lang) or _locale(lang).interval_formats[None].format("{first}", "{last}")
    return pattern.format(first=period(first, inner, lang), last=period(last, inner, lang))

"""What a claim says: its number with unit and bound, flow, partner or goods, period. Plain rules, no guessing.

The words stand in `words.toml`; names of economies, groups and goods are those of the store. What is not found is left
open, and the check then looks at every reading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trade.measures.names import names_of
from trade.store import Store
from trade.text.catalog import LANGUAGES, SOURCE

WORDS = Path(__file__).with_name("words.toml")
KINDS = {"economy": "economy", "group": "group", "product": "product"}
LONGEST, NEAR = 300, 24
"""Characters of a claim that are read, and how near to its number a word like `over` must stand."""
_STEPS = {
    "trillion": 1e12, "trn": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "mn": 1e6,
    "万亿": 1e12, "亿": 1e8, "万": 1e4,
}  # fmt: skip
_NUMBER = r"(?P<digits>[-−+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−+]?\d+(?:\.\d+)?)"
_UNITS = (
    ("points", rf"{_NUMBER}\s*(?:percentage points?|%-points?|pp\b|points?\b|个百分点)"),
    ("percent", rf"{_NUMBER}\s*(?:%|per ?cent\b|pct\b)"),
    ("money", rf"{_NUMBER}\s*(?P<step>trillion|trn|tn|billion|bn|million|mn|万亿|亿|万)"),
    ("count", rf"{_NUMBER}\s*(?:countries|economies|partners|markets|years|months|quarters|of them|个国家|个|年|家)"),
    ("rank", r"\b(?P<word>first|second|third|fourth|fifth|largest|biggest)\b|第(?P<zh>[一二三四五])大"),
    ("number", rf"(?<![\w.]){_NUMBER}(?![\w.])"),
)
_RANKS = {
    "first": 1, "largest": 1, "biggest": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5,
}  # fmt: skip
_YEAR = r"(?:19[5-9]|20[0-4])\d"
_NO_YEAR = r"(?!\s*(?:%|countries|economies|partners|billion|trillion|million))"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_PARTS = (
    (r"first three quarters|first nine months|前三季度", "09"),
    (r"first half|\bh1\b|first six months|上半年", "06"),
    (r"first quarter|\bq1\b|一季度", "03"),
)


@dataclass(frozen=True)
class Subject:
    """Whose trade or which goods: `kind` is world, economy, group or product."""

    kind: str = "world"
    code: str = "world"


@dataclass(frozen=True)
class Asked:
    """What a claim says; empty or None is what it leaves open. `number`: per cent, points, full units or a count."""

    text: str
    number: float | None = None
    scale: float = 1.0
    """What one unit of the printed digits is worth: 1e12 in `26.99 trillion yuan`."""
    digits: str = ""
    """The digits as printed; their last tells what rounding leaves."""
    printed: str = ""
    unit: str = ""
    """percent, points, money, count, rank, number."""
    bound: str = "equal"
    aspect: str = ""
    """growth, share, contribution, rank, value."""
    falls: bool = False
    flow: str = ""
    currency: str = ""
    count: str = ""
    """What is counted: growing, firsts, streak, markets."""
    subject: Subject = Subject()
    period: str = ""
    freq: str = ""

    @property
    def bare(self) -> bool:
        """Whether nothing of it was understood."""
        return self.number is None and not self.flow and not self.count and self.subject == Subject()


def read(store: Store, text: str) -> Asked:
    """The claim, understood as far as it goes."""
    text = re.sub(r"\b(China|Sino)-", r"\1 ", text[:LONGEST], flags=re.IGNORECASE)
    subject, rest = _subject(store, text)
    period, freq, rest = _period(rest)
    number = _number(rest)
    unit = number.get("unit", "")
    falls, said = _said("fall", rest) == "words", _flow(text, subject)
    aspect = _said("aspect", rest) or ("growth" if falls else "")
    return Asked(
        text=text, **number, aspect=_aspect(aspect, unit), falls=falls, flow=said, currency=_currency(rest),
        count=_count(rest, unit), subject=subject, period=period, freq=freq,
    )  # fmt: skip


def _aspect(said: str, unit: str) -> str:
    """A claim on money is on a value, whatever else it mentions; one on a rank on a rank."""
    if unit == "money":
        return "value"
    return {"points": "contribution", "rank": "rank"}.get(unit, said)


def _count(text: str, unit: str) -> str:
    found = _said("count", text)
    return found if found in ("firsts", "streak") or unit in ("count", "number") else ""


def _currency(text: str) -> str:
    """Dollars before yuan: the Chinese word for dollars holds that for yuan."""
    return next((code for code in ("USD", "CNY") if _any(_words()["currency"][code], text)), "")


def _flow(text: str, subject: Subject) -> str:
    """`trade`, `imports and exports` and 进出口 are the total; Germany's exports to China are China's imports."""
    flows = _words()["flow"]
    if _any(flows["balance"], text):
        return "balance"
    both = all(_any(flows[one], text) for one in ("export", "import"))
    if both or _any([r"进出口", r"\btrade with\b", r"\btotal trade\b"], text):
        return "total"
    found = next((one for one in ("export", "import", "total") if _any(flows[one], text)), "")
    if (
        found in ("export", "import")
        and subject.kind == "economy"
        and re.search(r"\b(ex|im)ports? (to|from) china", text, re.I)
    ):
        return "import" if found == "export" else "export"
    return found


def _said(table: str, text: str) -> str:
    """The first meaning of the table whose words are in the text; empty if none is."""
    return next((meaning for meaning, words in _words()[table].items() if _any(words, text)), "")


def _any(words: list[str], text: str) -> bool:
    return any(re.search(word, text, re.IGNORECASE) for word in words)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def common() -> frozenset[str]:
    """The words that tell statements apart least."""
    return frozenset(_words()["common"]["words"])


def _number(text: str) -> dict[str, Any]:
    """The number with its unit, the most telling unit first, its digits as printed, its bound."""
    for unit, pattern in _UNITS:
        found = re.search(pattern, text, re.IGNORECASE)
        if not found:
            continue
        parts = found.groupdict()
        if unit == "rank":
            word = str(parts["word"] or parts["zh"]).lower()
            return {"number": float(_RANKS[word]), "printed": found[0].strip(), "unit": unit}
        near = text[max(0, found.start() - NEAR) : found.start()] + "|" + text[found.end() : found.end() + NEAR // 3]
        digits = parts["digits"].replace(",", "").replace("−", "-")
        scale = _STEPS.get(str(parts.get("step", "")).lower(), 1.0)
        told = {"number": float(digits) * scale, "scale": scale, "digits": digits, "printed": found[0].strip()}
        return told | {"unit": unit, "bound": _said("bound", near) or "equal"}
    return {}


def _period(text: str) -> tuple[str, str, str]:
    """Period, frequency, and the text without it: so that a year is not taken for the number."""
    for pattern, make in _FORMS:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            period, freq = make(found)
            return period, freq, text.replace(found[0], " ", 1)
    found = re.search(rf"\b({_YEAR})\b{_NO_YEAR}|({_YEAR})年", text)
    if not found:
        return "", "", text
    year = found[1] or found[2]
    for part, month in _PARTS:
        said = re.search(part, text, re.IGNORECASE)
        if said:
            return f"{year}-{month}", "YTD", text.replace(found[0], " ", 1).replace(said[0], " ", 1)
    return year, "A", text.replace(found[0], " ", 1)


def _month(name: str) -> str:
    return f"{_MONTHS.index(name[:3].lower()) + 1:02d}"


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], tuple[str, str]]], ...] = (
    (
        rf"\bjan[a-z]*\.?\s*(?:to|through|[-–])\s*{_MONTH}\s*(?:of\s*)?(20\d\d)",
        lambda m: (f"{m[2]}-{_month(m[1])}", "YTD"),
    ),
    (r"(20\d\d)年(?:1|前)\s*[-–至]?\s*(\d{1,2})\s*个?月", lambda m: (f"{m[1]}-{int(m[2]):02d}", "YTD")),
    (rf"\b{_MONTH}\s*(?:of\s*)?(20\d\d)", lambda m: (f"{m[2]}-{_month(m[1])}", "M")),
    (r"(20\d\d)年(\d{1,2})月", lambda m: (f"{m[1]}-{int(m[2]):02d}", "M")),
    (r"\b(20\d\d)-(0[1-9]|1[0-2])\b", lambda m: (f"{m[1]}-{m[2]}", "M")),
)


def _subject(store: Store, text: str) -> tuple[Subject, str]:
    """The longest name in the text, and the text without it."""
    for name, subject in _names(store):
        found = _find(name, text)
        if found:
            return subject, text[: found.start()] + " " + text[found.end() :]
    return Subject(), text


def _find(name: str, text: str) -> re.Match[str] | None:
    """The name in the text, as a word; a short one in capitals only as it is written: `US` is not `us`."""
    if not name.isascii():
        return re.search(re.escape(name), text)
    flags = 0 if name.isupper() or "." in name else re.IGNORECASE
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, flags)


_kept: dict[str, list[tuple[str, Subject]]] = {}


def _names(store: Store) -> list[tuple[str, Subject]]:
    """Every name with its subject, the longest first, read once per store version."""
    if store.version not in _kept:
        _kept[store.version] = sorted(_all_names(store), key=lambda pair: -len(pair[0]))
    return _kept[store.version]


def _all_names(store: Store) -> Iterator[tuple[str, Subject]]:
    for kind in KINDS:
        for lang in LANGUAGES:
            for code, name in names_of(store, kind, lang).items():
                if code not in ("CHN", "world"):
                    yield from ((one, Subject(kind, code)) for one in _forms_of(name, lang))
        for code, aliases in _words()[kind].items():
            yield from ((one, Subject(kind, code)) for one in aliases)


def _forms_of(name: str, lang: str) -> Iterator[str]:
    """A name without what stands in brackets or after a comma, and as one thing where it is many."""
    short = re.sub(r"\s*[(（].*?[)）]", "", name).split(", ")[0].strip()
    if len(short) < (3 if short.isascii() else 2):
        return
    yield short
    if lang == SOURCE and short.endswith("s") and not short.endswith("ss") and len(short) > 5:
        yield short[:-1]

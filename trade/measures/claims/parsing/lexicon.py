"""Split a claim into tokens with meanings, from `terms.toml` and the names of the store; the longest match wins."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trade.measures.claims.parsing.numbers import SCALE_WORDS, Quantity, quantities
from trade.measures.claims.parsing.periods import Clock, Period, periods
from trade.measures.sentences import names_of
from trade.sources.text_folding import simplified
from trade.store import Store
from trade.text.catalog import LANGUAGES

TERMS = Path(__file__).with_name("terms.toml")
_FIRST = re.compile(r"[^\W_\u3400-\u9fff]+|\S")
_CJK = re.compile(r"[\u3400-\u9fff“”]")
_BREAKS = {
    ";": "hard",
    "；": "hard",
    "。": "hard",
    ".": "hard",
    "!": "hard",
    "?": "hard",
    ",": "soft",
    "，": "soft",
    "、": "soft",
    ":": "soft",
    "：": "soft",
    "(": "soft",
    ")": "soft",
    "—": "soft",
    "–": "soft",
}
_JOINS = {"while", "whereas", "but", "and", "although", "though", "而", "但", "以及", "且"}
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "−": "-", "‐": "-", "‑": "-", "－": "-", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "}
)


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}[日号]|"
    rf"\b[Oo]n (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? (?:19|20)\d\d)?\b"
)
"""The day of a release: `on 14 January 2026`, 7月9日."""
_SPLIT_YEAR = re.compile(r"(?<![\d.,$¥])(?:19|20)\d\d[-/](?:1[3-9]|[2-9]\d|00)(?![\d/.-])")
"""A year that begins in one and ends in the next: `2024-25`. No month has such a number."""


@dataclass(frozen=True, eq=False)
class Token:
    """A piece of the sentence with its category and meaning; equal only to itself."""

    start: int
    end: int
    category: str
    meaning: str
    text: str
    owner: bool = False
    """Written with 's."""
    quantity: Quantity | None = None
    period: Period | None = None


class Lexicon:
    """The known phrases, by their first word or sign."""

    def __init__(self, entries: dict[str, tuple[str, str, bool]]) -> None:
        self._index: dict[str, list[tuple[str, str, str, bool]]] = {}
        for phrase, (category, meaning, exact) in entries.items():
            key = phrase[0] if _CJK.match(phrase) else _first(phrase.lower())
            self._index.setdefault(key, []).append((phrase, category, meaning, exact))
        self.numbered = sorted(
            (
                (phrase, category, meaning)
                for phrase, (category, meaning, _) in entries.items()
                if category != "neutral" and any(sign.isdigit() for sign in phrase)
            ),
            key=lambda entry: -len(entry[0]),
        )
        for phrases in self._index.values():
            phrases.sort(key=lambda entry: (-len(entry[0]), not entry[3]))

    def match(self, text: str, lower: str, at: int) -> tuple[int, str, str] | None:
        """The longest phrase that begins at position `at` of the text: its end, category and meaning."""
        chinese = bool(_CJK.match(text[at]))
        key = text[at] if chinese else _first(lower[at:])
        for phrase, category, meaning, exact in self._index.get(key, ()):
            whole = text if exact else lower
            if whole.startswith(phrase if exact else phrase.lower(), at):
                end = at + len(phrase)
                if chinese or not phrase[-1].isalnum() or not _word(lower, end):
                    return end, category, meaning
        return None


def _first(text: str) -> str:
    match = _FIRST.match(text)
    return match[0] if match else ""


def _word(text: str, at: int) -> bool:
    """Whether a Latin word continues at position `at`."""
    return at < len(text) and text[at].isalnum() and not _CJK.match(text[at])


def normalise(text: str) -> str:
    """One form of quotes, dashes, widths, characters (simplified) and negations.

    >>> normalise("Exports didn’t fall ８%")
    'Exports did not fall 8%'
    """
    text = simplified(unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES))
    text = re.sub(r"\b(can|ca)n't\b", "can not", text, flags=re.IGNORECASE)
    text = re.sub(r"n't\b", " not", text)
    text = re.sub(r"\b(US|U\.S\.|us) ?\$", "$", text)
    text = re.sub(r"\b(HK|A|AU|C|S|NT|NZ) ?\$", " €", text)
    text = re.sub(r"(?<=\d) (?=%)", "", text)
    text = _LIMIT.sub(lambda match: f" {_LIMITS[match[0].strip()]} ", text)
    text = _SPACED_THOUSANDS.sub(lambda match: re.sub(r"\D", ",", match[0]), text)
    text = _DECIMAL_COMMA.sub(".", text)
    text = re.sub(r"\b([A-Z][\w.]*)-bound (shipments|exports|goods|sales)\b", r"\2 to \1", text)
    text = _DOUBLE.sub(lambda match: f"{_TIMES[match[1].lower()]} times ", text)
    text = re.sub(r"\b(one|two|three|four) and a half(?= times)", lambda match: f"{_ONES[match[1].lower()]}.5", text)
    text = re.sub(r"(?<=\d) ?Mt\b", " million tonnes", text)
    text = re.sub(r"(?<=\d)( ?(?:million|mn|m)) t(?= of\b)", r"\1 tonnes", text)
    text = _in_chinese(text) if _CJK.search(text) else text
    text = re.sub(r"\b(China|Sino|US|EU|UK|U\.S\.)-(?=[A-Z])", r"\1 ", text)
    return re.sub(r"\s+", " ", text).strip()


_LIMITS = {
    ">": "more than",
    "<": "less than",
    ">=": "at least",
    "<=": "at most",
    "≥": "at least",
    "≤": "at most",
    "≈": "about",
}
_LIMIT = re.compile(r"(?:[<>]=?|[≥≤≈])\s*(?=[$¥]?\d)")
"""A sign of size before a number."""
_SPACED_THOUSANDS = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:[ '’]\d{3})+(?![\d,]|\.\d{3}\b)")
_DECIMAL_COMMA = re.compile(
    rf"(?<=\d)[,·](?=\d{{1,2}}(?:%| ?(?:{SCALE_WORDS})(?![a-z])| (?:percent|per cent|pct|points|percentage)\b))",
    re.IGNORECASE,
)
"""No thousands have two digits."""
_DOUBLE = re.compile(
    r"\b(double|triple|quadruple) "
    r"(?=(?:the |its |their |China's )?(?:exports|imports|those|that of|what|value of|level)\b)",
    re.IGNORECASE,
)
"""`Exports were double those of 2009`: as many times as."""
_ONES = {"one": 1, "two": 2, "three": 3, "four": 4}
_TIMES = {"double": 2, "triple": 3, "quadruple": 4}


def _in_chinese(text: str) -> str:
    """Expand Chinese abbreviations: 二〇二五年, 突破万亿, 过半, 量增."""
    text = re.sub(r"过半(?![年月数个])", "超过一半", text)
    text = re.sub(r"近半(?![年月数个])", "近一半", text)
    text = _BARE_SCALE.sub("1", text.replace("首破", "首次突破"))
    text = re.sub(r"万([多余])亿", r"\1万亿", text)
    text = re.sub(r"(?<![运传])输(?=[美欧日韩])|输往|运往", "销往", text)
    text = re.sub(r"(?<!\d)[二一][〇零九][〇零一二三四五六七八九]{2}(?=年)", _digits, text)
    text = re.sub(r"(?<![数总])量(?=[增升涨降减跌])", "数量", text)
    return re.sub(r"(?<![总额价产货数])值(?=[增升涨降减跌])", "金额", text)


_BARE_SCALE = re.compile(r"(?:(?<=突破|超过|迈上|跨过|站上|达到)|(?<=[超破逾达]))(?=[万千百]亿)")


def _digits(match: re.Match[str]) -> str:
    """二〇二五 as 2025."""
    return "".join(str("零一二三四五六七八九".index(sign.replace("〇", "零"))) for sign in match[0])


@cache
def terms() -> dict[str, Any]:
    """The tables of `terms.toml`."""
    return tomllib.loads(TERMS.read_text(encoding="utf-8"))


def languages() -> list[str]:
    """The languages in which claims can be read: those with words in `terms.toml`."""
    return [lang for lang in LANGUAGES if lang in terms()]


_lexicons: dict[str, Lexicon] = {}


def lexicon(store: Store) -> Lexicon:
    """Every phrase, read once per store version."""
    if store.version not in _lexicons:
        _lexicons.clear()
        _lexicons[store.version] = Lexicon(_entries(store))
    return _lexicons[store.version]


def _entries(store: Store) -> dict[str, tuple[str, str, bool]]:
    """Category and meaning by phrase. For equal phrases the last wins: filler words, names, terms, aliases, missing."""
    table: dict[str, tuple[str, str, bool]] = {}
    for lang in languages():
        filler_words = table_words(lang)
        table.update({word: ("neutral", word, False) for word in filler_words})
    for forms in (_short_forms, _whole_names):
        # a full name has priority over the short form of another: Panama before Panama (Canal Zone)
        for kind, category in (("product", "product"), ("economy", "place"), ("group", "group")):
            table.update(_named(store, kind, category, forms))
    for lang in languages():
        for key, phrases in terms()[lang].items():
            category, _, meaning = key.partition(".")
            table.update(dict.fromkeys(_phrases(phrases), (category, meaning, False)))
    table.update(_aliases(table))
    for lang in languages():
        for reason, phrases in terms()["missing"][lang].items():
            table.update(dict.fromkeys(phrases.lower().split("|"), ("missing", reason, False)))
    return {_plain(phrase).removesuffix("'s"): entry for phrase, entry in table.items() if phrase}


_SECTIONS = (
    ("places", "place"),
    ("group_names", "group"),
    ("products", "product"),
    ("units", "unit"),
    ("groups", "list"),
)


def _aliases(table: dict[str, tuple[str, str, bool]]) -> dict[str, tuple[str, str, bool]]:
    """Aliases of places and goods; a word for goods (`cars`) is goods rather than a unit."""
    aliases: dict[str, tuple[str, str, bool]] = {}
    for section, category in _SECTIONS:
        for code, phrases in terms()[section].items():
            for phrase in phrases.split("|"):
                goods = (aliases.get(phrase.lower()) or table.get(phrase.lower()) or ("",))[0] == "product"
                if category != "unit" or not goods:
                    short = phrase.isupper() and len(phrase) <= 3
                    aliases[phrase if short else phrase.lower()] = (category, code, short)
    return aliases


def _plain(phrase: str) -> str:
    """A phrase, normalised like a sentence."""
    return phrase if phrase.isascii() else unicodedata.normalize("NFKC", phrase.translate(_QUOTES)).translate(_QUOTES)


def _named(
    store: Store, kind: str, category: str, forms: Callable[[str], Iterator[str]]
) -> dict[str, tuple[str, str, bool]]:
    """The names of a kind; a name that two of them share is ambiguous."""
    table: dict[str, tuple[str, str, bool]] = {}
    for lang in languages():
        for code, name in names_of(store, kind, lang).items():
            if code in ("CHN", "world"):
                continue
            for form in forms(name):
                shared = form in table and table[form][1] != code
                table[form] = ("missing", "ambiguous", False) if shared else (category, code, False)
    return table


def table_words(lang: str) -> list[str]:
    """The filler words of a language, which do not change the meaning."""
    text: str = terms()["neutral"][lang]
    return text.split("|" if "|" in text else None)


def _phrases(text: str) -> Iterator[str]:
    for phrase in text.split("|"):
        kind, sign, base = phrase.partition(":")
        if sign and kind == "verb":
            yield from _inflected(base)
        elif sign and kind == "noun":
            yield from (base, base + "s")
        else:
            yield phrase


def _inflected(base: str) -> Iterator[str]:
    """A regular verb's forms: climb, climbs, climbed, climbing."""
    stem = base[:-1] if base.endswith("e") else base
    if base.endswith("y") and base[-2] not in "aeiou":
        yield from (base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing")
        return
    tail = "es" if base.endswith(("ch", "sh", "ss", "x")) else "s"
    yield from (base, base + tail, stem + "ed", stem + "ing")
    if re.search(r"[^aeiou][aeiou][pgt]$", base):
        yield from (base + base[-1] + "ed", base + base[-1] + "ing")


def _short_forms(name: str) -> Iterator[str]:
    """Short forms of a name: without brackets or what follows a comma, and in the singular."""
    short = re.sub(r"\s*[(（].*?[)）]", "", name).split(", ")[0].strip().lower()
    if len(short) < _shortest(short):
        return
    yield short
    if short.isascii() and short.endswith("s") and not short.endswith("ss") and len(short) > 5:
        yield short[:-1]


def _shortest(name: str) -> int:
    """The least length of a name: two Chinese characters are as specific as three letters."""
    return 3 if name.isascii() else 2


def _whole_names(name: str) -> Iterator[str]:
    """A name as it is, and without its brackets if it has a comma."""
    whole = re.sub(r"\s*[(（].*?[)）]", "", name).strip().lower()
    if len(whole) >= _shortest(whole):
        yield name.lower()
        if ", " in whole:
            yield whole


def tokens(store: Store, text: str, clock: Clock) -> list[Token]:
    """The tokens of a sentence: periods, then numbers, then the longest known phrases; the rest is `unknown`."""
    recognised = [
        Token(date.start(), date.end(), "neutral", "date", date[0]) for date in _DAY.finditer(text)
    ]  # days are only when something was said: there are no daily figures
    recognised += [Token(part.start(), part.end(), "unknown", "", part[0]) for part in _SPLIT_YEAR.finditer(text)]
    recognised += _with_digits(lexicon(store), _mask(text, [(token.start, token.end) for token in recognised]))
    masked = _mask(text, [(token.start, token.end) for token in recognised])
    recognised += [_period_token(masked, period) for period in periods(masked, clock)]
    masked = _mask(text, [(token.start, token.end) for token in recognised])
    for quantity in quantities(masked):
        recognised.append(
            Token(quantity.start, quantity.end, "number", quantity.kind, quantity.text, quantity=quantity)
        )
    masked = _mask(masked, [(token.start, token.end) for token in recognised])
    recognised += _words(lexicon(store), masked)
    return sorted(recognised, key=lambda token: (token.start, token.end))


def _with_digits(book: Lexicon, text: str) -> Iterator[Token]:
    """Names that contain a number: 3D printers, aircraft over 2 tonnes."""
    lower = text.lower()
    for phrase, category, meaning in book.numbered:
        at = lower.find(phrase.lower())
        if at >= 0 and not _word(lower, at + len(phrase)) and not (at and phrase[0].isalnum() and _word(lower, at - 1)):
            yield Token(at, at + len(phrase), category, meaning, text[at : at + len(phrase)])


def _period_token(text: str, period: Period) -> Token:
    return Token(
        period.start, period.end, "period", period.role, text[period.start : period.end].strip(), period=period
    )


def _mask(text: str, spans: list[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "\x00" * (end - start)
    return "".join(signs)


def _words(book: Lexicon, text: str) -> Iterator[Token]:
    lower = text.lower()
    at = 0
    while at < len(text):
        sign = text[at]
        if sign in "\x00 \"'":
            at += 1
            continue
        if sign in _BREAKS and book.match(text, lower, at) is None:
            yield Token(at, at + 1, "break", _BREAKS[sign], sign)
            at += 1
            continue
        match = book.match(text, lower, at)
        if match is None:
            end = at + len(_first(text[at:])) if not _CJK.match(sign) else at + 1
            word = text[at:end]
            category = (
                "break" if word.lower() in _JOINS else "unknown" if word.isalnum() or word in "€£±" else "neutral"
            )
            yield Token(at, end, category, "join" if category == "break" else word, word)
            at = end
            continue
        end, category, meaning = match
        word = text[at:end]
        owner = text[end : end + 2] in ("'s", "s'")
        if word.lower() in _JOINS:
            category, meaning = "break", "join"
        yield Token(at, end, category, meaning, word, owner)
        at = end + 2 if owner else end

"""Find economies and groups by any of their names: codes, English and Chinese names, names as publishers print them.

Names come from the tables of `data/reference`, `aliases.toml` (other publishers), CLDR (other languages) and
`name_tables.toml` (what a name means to one publisher only). Regular variants ("X, Republic of", "Rep. of X", "X (UK)")
are parsed, so that they need not be listed. Groups and regions are never taken for economies.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from trade.errors import FactError
from trade.sources.text_folding import plain, simplified
from trade.sources.un_codes import economies_by_number

HERE = Path(__file__).parent
REGION = "region"
"""Result of `find` for a known group or region for which the store has no code."""
CUSTOMS = "customs"
"""Name of China's customs as a publisher in `name_tables.toml`."""
_LANGUAGES = (
    "en",
    "zh",
    "zh_Hant",
    "zh_Hant_HK",
    "fr",
    "es",
    "pt",
    "de",
    "it",
    "nl",
    "ru",
    "ja",
    "ko",
    "vi",
    "id",
    "tr",
)
_ECONOMY = ("economy", "iso2", "name_en", "name_zh", "customs_name_en", "customs_name_zh")
_GROUP = ("group_code", "name_en", "name_zh")
_LEADS = re.compile(r"^(?:of\s*which|including|其中)\s*[::]?\s*", re.IGNORECASE)
_MARKS = re.compile(r"[\s*＊·•.,，、'’‘ʼ`\"“”\-–—_/:：()（）\[\]†‡「」『』《》〈〉∶]+")
_SHORT = {
    "rep": "republic", "republica": "republic", "republique": "republic", "dem": "democratic", "fed": "federal",
    "isds": "islands", "isd": "island", "isl": "islands", "is": "islands", "terr": "territory",
    "terrs": "territory", "territories": "territory", "st": "saint", "sts": "states", "br": "british",
    "fr": "french", "neth": "netherlands", "n": "northern", "afr": "african", "us": "united states",
    "usa": "united states", "uk": "united kingdom", "pdr": "peoples democratic republic",
    "rb": "bolivarian republic", "bolivariana": "bolivarian", "fmr": "former", "antarc": "antarctic",
    "ant": "antarctic", "pop": "peoples", "people": "peoples", "r": "republic", "o": "of", "island": "islands",
    "faeroe": "faroe", "faroes": "faroe islands", "macau": "macao",
}  # fmt: skip
_FILLERS = frozenset(["the", "of", "and", "de", "la", "le", "les", "et", "l", "d", "do", "da", "dos", "du", "s", "y"])
_STATE = frozenset(
    [
        "republic",
        "kingdom",
        "state",
        "states",
        "islamic",
        "arab",
        "democratic",
        "peoples",
        "federal",
        "federated",
        "federative",
        "plurinational",
        "bolivarian",
        "commonwealth",
        "principality",
        "grand",
        "duchy",
        "sultanate",
        "union",
        "cooperative",
        "hashemite",
        "socialist",
        "oriental",
        "independent",
        "country",
    ]
)
"""Words of a state's form, which publishers add or leave out."""
_AMBIGUOUS = frozenset({"china", "congo", "korea", "germany", "vietnam", "yemen", "virgin"})
"""Names shared by several states: the other words of the name decide which is meant and may not be dropped."""
_LONGEST_CODE = 3
_STATE_ZH = re.compile(
    r"(?<=..)(?:伊斯兰|人民|民主|联邦|联合|合作|独立|多民族|阿拉伯|东岸|社会主义)*(?:共和国|王国|公国|大公国|联邦|联盟|酋长国|苏丹国)$"
)
"""A state's form at the end of its Chinese name."""
_AMBIGUOUS_ZH = frozenset({"刚果", "朝鲜", "也门", "越南", "中国", "中华", "德国", "多米尼加"})
_NO_STATE = frozenset(
    [
        "other",
        "others",
        "rest",
        "nes",
        "unspecified",
        "unallocated",
        "excluding",
        "excl",
        "except",
        "former",
        "total",
        "region",
        "regions",
        "areas",
        "countries",
        "economies",
        "developing",
        "income",
        "members",
        "world",
    ]
)


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Normalize a name for comparison: no spaces, asterisks, full-width forms, accents, punctuation or capitals."""
    text = unicodedata.normalize("NFKD", _LEADS.sub("", unicodedata.normalize("NFKC", name).strip()))
    plain_text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _MARKS.sub("", simplified(plain_text).casefold().replace("&", "and"))


class Names:
    """Names to codes: economies are ISO alpha-3 (or one of our X.. codes), groups lower-case codes.

    Args:
        known: code by folded name. labels: names to suggest for an unknown one.
        extra: the user's own names (of a mapping file), which override all others.
        unclear: by folded name: why its meaning depends on the publisher.
        forms: code by the words of a name.
        exact: code by exact spelling, for names that are another economy's code if folded: `Nga` is Russia, `NGA`
            Nigeria.
    """

    def __init__(
        self,
        known: Mapping[str, str],
        labels: Iterable[str],
        extra: Mapping[str, str] | None = None,
        unclear: Mapping[str, str] | None = None,
        forms: Mapping[frozenset[str], str] | None = None,
        exact: Mapping[str, str] | None = None,
    ) -> None:
        own = {fold(name): code for name, code in (extra or {}).items()}
        self._codes = {**known, **own}
        self._labels = {fold(label): label for label in labels}
        self._unclear = {name: reason for name, reason in (unclear or {}).items() if name not in own}
        self._forms = dict(forms or {})
        self._exact = {name: code for name, code in (exact or {}).items() if fold(name) not in own}
        self._looked_up: dict[str, str | None] = {}

    def find(self, name: str) -> str | None:
        """The code for a name, REGION for a region without one, None if it is unknown."""
        if name not in self._looked_up:
            self._looked_up[name] = self._look_up(name)
        return self._looked_up[name]

    def _look_up(self, name: str) -> str | None:
        folded = fold(name)
        if not folded or folded in self._unclear:
            return None
        if code := self._exact.get(name.strip()) or self._codes.get(folded):
            return code
        if code := self._with_abbreviation(name):
            return code
        words = _words(name)
        if self._forms and words and not words & _NO_STATE:
            if code := self._forms.get(words):
                return code
            core = words - _STATE
            if core and core != words and not core <= _AMBIGUOUS and (code := self._forms.get(core)):
                return code
        if (bare := _STATE_ZH.sub("", folded)) != folded and bare not in _AMBIGUOUS_ZH:
            return self._codes.get(bare)
        return REGION if folded in _regions() else None

    def _with_abbreviation(self, name: str) -> str | None:
        """The code of a name and its abbreviation, if they agree: `United Kingdom (UK)`, `CN: China`, `JP - Japan`."""
        text = unicodedata.normalize("NFKC", name).strip()
        after = re.fullmatch(r"(?P<name>.{3,}?)\s*\(\s*(?P<code>[A-Za-z.]{2,7})\s*\)", text)
        match = after or re.fullmatch(r"(?P<code>[A-Z]{2,3})\s*[:-]\s*(?P<name>.{3,})", text)
        if match is None:
            return None
        code = self.find(match["name"])
        return code if code and code == self._codes.get(fold(match["code"])) else None

    def unclear(self, name: str) -> str:
        """Why the meaning of a name depends on the publisher (a message key); empty if it does not."""
        return self._unclear.get(fold(name), "")

    def nearest(self, name: str, most: int = 3, alike: float = 0.55) -> list[str]:
        """Known names similar to `name`, most similar first. `alike`: least similarity, from 0 to 1."""
        if len(name) <= _LONGEST_CODE and name.isascii():
            return []  # a code is similar to too many names
        similar = get_close_matches(fold(name), self._labels, n=most, cutoff=alike)
        return [self._labels[folded] for folded in similar]

    def with_extra(self, extra: Mapping[str, str]) -> Names:
        if not extra:
            return self
        return Names(self._codes, self._labels.values(), extra, self._unclear, self._forms, self._exact)

    def of_publisher(self, publisher: str, data: Path) -> Names:
        """These names and those of one publisher (`name_tables.toml`); an empty `publisher` adds nothing.

        Raises:
            FactError: there is no such table.
        """
        if not publisher:
            return self
        tables = publishers()
        if publisher not in tables:
            raise FactError(publisher, "fact.no_publisher", remedy="fact.use_names", names=list(tables))
        table = tables[publisher]
        extra = dict(table["names"])
        if table.get("numbers"):
            extra |= {str(number): code for number, code in economies_by_number(data).items()}
            extra |= {f"{number:03d}": code for number, code in economies_by_number(data).items()}
        return self.with_extra(extra)


@cache
def publishers() -> dict[str, dict[str, Any]]:
    """Name tables by publisher: `names`, `columns` that identify its files, `numbers` (whether it uses the UN's)."""
    return tomllib.loads((HERE / "name_tables.toml").read_text(encoding="utf-8"))


def publisher_of(columns: Iterable[str]) -> str:
    """The publisher whose files have these columns; empty if none is recognised."""
    present = {fold(column) for column in columns}
    for publisher, table in publishers().items():
        if any(marks and {fold(mark) for mark in marks} <= present for marks in table.get("columns", [])):
            return publisher
    return ""


@cache
def _regions() -> frozenset[str]:
    listed = tomllib.loads((HERE / "regions.toml").read_text(encoding="utf-8"))
    return frozenset(fold(name) for names in listed.values() for name in names)


def _words(name: str) -> frozenset[str]:
    """The set of words of a name, written out: `Iran, Islamic Rep. of` equals `Islamic Republic of Iran`."""
    text = _LEADS.sub("", plain(name).replace("&", " and ")).replace("'s", "s").replace("’s", "s")
    text = re.sub(r"\b([a-z])\.\s?([a-z])\.(?:\s?([a-z])\.)?", r"\1\2\3 ", text)
    words: list[str] = []
    for word in re.findall(r"[^\W_]+", text):
        words += _SHORT.get(word, word).split()
    return frozenset(words) - _FILLERS


def read_names(data: Path) -> Names:
    """The names of the reference tables under `data`.

    Raises:
        FactError: the tables are not there.
    """
    known, labels, unclear, forms, exact = _read_names(_text(data, "economies.csv"), _text(data, "groups.csv"))
    return Names(known, labels, unclear=unclear, forms=forms, exact=exact)


_Codes = dict[str, str]


@lru_cache(maxsize=8)
def _read_names(
    economy_table: str, group_table: str
) -> tuple[_Codes, list[str], _Codes, dict[frozenset[str], str], _Codes]:
    """The arguments of `Names`, cached by the tables' texts because every file of an imported folder needs them."""
    economies, groups = _rows(economy_table), _rows(group_table)
    known: dict[str, str] = {}
    labels: list[str] = []
    for row in economies:
        _add(known, labels, row, _ECONOMY)
        if row.get("m49"):
            known.setdefault(fold(f"m49 {int(row['m49'])}"), row["economy"])
    for row in groups:
        if fold(row["name_en"]) not in _regions():  # publishers define these differently from the standard
            _add(known, labels, row, _GROUP)
    aliases = tomllib.loads((HERE / "aliases.toml").read_text(encoding="utf-8"))
    unclear = {fold(name): str(reason) for name, reason in aliases.pop("unclear").items()}
    for code, names in aliases.items():
        for name in names:
            known.setdefault(fold(name), code)
            labels.append(name)
    iso2 = {row["iso2"]: row["economy"] for row in economies if row.get("iso2")}
    exact: dict[str, str] = {}
    for name, (printed, code) in _from_cldr(iso2).items():
        if known.setdefault(name, code) != code and len(name) <= _LONGEST_CODE:
            exact[printed] = code
    return known, labels, unclear, _forms(economies, aliases), exact


@cache
def everyday_names() -> dict[str, list[str]]:
    """Informal names by code, for search but not for reading tables: `America`, `Persia`."""
    names: dict[str, list[str]] = tomllib.loads((HERE / "everyday_names.toml").read_text(encoding="utf-8"))
    return names


@cache
def spellings(data: Path) -> dict[str, tuple[str, ...]]:
    """Names as written, by code: from the reference tables, other publishers and CLDR.

    Raises:
        FactError: the tables are not there.
    """
    economies = _rows(_text(data, "economies.csv"))
    written: dict[str, list[str]] = {}
    for rows, columns in ((economies, _ECONOMY), (_rows(_text(data, "groups.csv")), _GROUP)):
        for row in rows:
            written[row[columns[0]]] = [row[column] for column in columns if row.get(column)]
    aliases = tomllib.loads((HERE / "aliases.toml").read_text(encoding="utf-8"))
    for code, names in aliases.items():
        if code != "unclear":
            written.setdefault(code, []).extend(names)
    iso2 = {row["iso2"]: row["economy"] for row in economies if row.get("iso2")}
    for printed, code in _from_cldr(iso2).values():
        written[code].append(printed)
    return {code: tuple(dict.fromkeys(names)) for code, names in written.items()}


@cache
def _cldr() -> dict[str, dict[str, str]]:
    """By folded name: its territories with the name as written, in the languages of the usual publishers."""
    from babel import Locale

    territories: dict[str, dict[str, str]] = {}
    for language in _LANGUAGES:
        for territory, name in Locale.parse(language).territories.items():
            if len(territory) == 2:
                territories.setdefault(fold(name), {})[territory] = name
    return territories


def _from_cldr(iso2: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """By folded name: name as written and economy, from CLDR. Names of two territories are left out."""
    return {
        folded: (printed, iso2[territory])
        for folded, territories in _cldr().items()
        for territory, printed in territories.items()
        if len(territories) == 1 and territory in iso2
    }


def _forms(economies: Iterable[Mapping[str, str]], aliases: Mapping[str, Iterable[str]]) -> dict[frozenset[str], str]:
    """Economy by the words of its English names. Words that are names of two economies are left out."""
    codes_of: dict[frozenset[str], set[str]] = {}
    for row in economies:
        for column in ("name_en", "customs_name_en"):
            if row.get(column):
                codes_of.setdefault(_words(row[column]), set()).add(row["economy"])
    for code, names in aliases.items():
        for name in names:
            if code.isupper():
                codes_of.setdefault(_words(name), set()).add(code)
    return {words: codes.pop() for words, codes in codes_of.items() if words and len(codes) == 1}


def _add(known: dict[str, str], labels: list[str], row: Mapping[str, str], columns: tuple[str, ...]) -> None:
    for column in columns:
        if name := row.get(column):
            known.setdefault(fold(name), row[columns[0]])
            if "name" in column:
                labels.append(name)


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def _text(data: Path, name: str) -> str:
    try:
        with (data / "reference" / name).open(encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise FactError(f"reference/{name}", "fact.unread", reason=error.strerror) from None

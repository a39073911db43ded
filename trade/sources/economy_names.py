"""Economies and groups by any of their names: codes, English and Chinese names, names as customs prints them.

From the tables of `data/reference`; `aliases.toml` beside this file adds names that other publishers use.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from trade.errors import FactError

_ECONOMY = ("economy", "iso2", "name_en", "name_zh", "customs_name_en", "customs_name_zh")
_GROUP = ("group_code", "name_en", "name_zh")
_LEADS = re.compile(r"^(?:of\s*which|including|其中)\s*[::]?\s*", re.IGNORECASE)
_MARKS = re.compile(r"[\s*＊·•.,，、'’\"“”\-–—_/:：()（）\[\]]+")


def fold(name: str) -> str:
    """A name without what printing adds: indents, asterisks, full-width forms, accents, punctuation, case."""
    text = unicodedata.normalize("NFKD", _LEADS.sub("", unicodedata.normalize("NFKC", name).strip()))
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _MARKS.sub("", plain.casefold().replace("&", "and"))


class Names:
    """Names to codes: economies are ISO alpha-3 (or one of our X.. codes), groups lower-case codes.

    `extra` are a reader's own names (of a mapping file): they win over all others.
    """

    def __init__(self, known: Mapping[str, str], labels: Iterable[str], extra: Mapping[str, str] | None = None) -> None:
        own = {fold(name): code for name, code in (extra or {}).items()}
        self._codes = {**known, **own}
        self._labels = {fold(label): label for label in labels}

    def find(self, name: str) -> str | None:
        """The code for a name, None if nobody knows it."""
        return self._codes.get(fold(name)) if name.strip() else None

    def nearest(self, name: str, most: int = 3) -> list[str]:
        """Names that look like it, best first."""
        found = get_close_matches(fold(name), self._labels, n=most, cutoff=0.55)
        return [self._labels[one] for one in found]

    def with_extra(self, extra: Mapping[str, str]) -> Names:
        return Names(self._codes, self._labels.values(), extra)


def read_names(data: Path) -> Names:
    """The names of the reference tables under `data`.

    Raises:
        FactError: the tables are not there.
    """
    economies, groups = _table(data, "economies.csv"), _table(data, "groups.csv")
    known: dict[str, str] = {}
    labels: list[str] = []
    for row in economies:
        _add(known, labels, row, _ECONOMY)
        if row.get("m49"):
            known.setdefault(fold(f"m49 {int(row['m49'])}"), row["economy"])
    for row in groups:
        _add(known, labels, row, _GROUP)
    for code, names in tomllib.loads(Path(__file__).with_name("aliases.toml").read_text(encoding="utf-8")).items():
        for name in names:
            known.setdefault(fold(name), code)
            labels.append(name)
    return Names(known, labels)


def _add(known: dict[str, str], labels: list[str], row: Mapping[str, str], columns: tuple[str, ...]) -> None:
    for column in columns:
        if name := row.get(column):
            known.setdefault(fold(name), row[columns[0]])
            if "name" in column:
                labels.append(name)


def _table(data: Path, name: str) -> list[dict[str, str]]:
    try:
        with (data / "reference" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise FactError(f"reference/{name}", f"the file cannot be read ({error.strerror})") from None

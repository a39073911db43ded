"""Names of economies, groups and goods by language: the one place where a language meets what the store calls things.

The store holds names in English and in the languages of its `name_<lang>` columns. Any other language has them in
`facts.toml` of its folder, by the English name; a name that it lacks stays in English.
"""

from __future__ import annotations

import pandas as pd

from trade.store import Store
from trade.store.version_cache import cached_per_version
from trade.text.catalog import SOURCE, of_facts

_TABLES = {"economy": "fact.economy", "group": "fact.economy_group", "product": "fact.product"}
_CODES = {"economy": "economy", "group": "group_code", "product": "product"}
_ENGLISH = f"name_{SOURCE}"


@cached_per_version
def names_of(store: Store, kind: str, lang: str) -> dict[str, str]:
    """Names of economies, groups or products by code."""
    frame = store.query(f"SELECT * FROM {_TABLES[kind]}")
    return dict(zip(frame[_CODES[kind]], named(frame, lang), strict=True))


def named(frame: pd.DataFrame, lang: str, of: str = "") -> pd.Series:
    """The names of a frame's rows in a language, in English where it has none; `of` is `reporter_`, `partner_` ..."""
    english = translated(frame[f"{of}{_ENGLISH}"], lang)
    own = f"{of}name_{lang}"
    return frame[own].fillna(english) if own in frame else english


def with_names(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The frame with a column `name_<lang>` beside each `name_en`, whatever comes before `name`."""
    lacking = {
        column.removesuffix(SOURCE) + lang: translated(frame[column], lang)
        for column in map(str, frame.columns)
        if column.endswith(_ENGLISH)
    }
    return frame.assign(**{name: names for name, names in lacking.items() if name not in frame})


def stored_languages(frame: pd.DataFrame) -> list[str]:
    """The languages in which the frame has names, in the order of its columns."""
    return [name.removeprefix("name_") for name in map(str, frame.columns) if name.startswith("name_")]


def translated(texts: pd.Series, lang: str) -> pd.Series:
    """Texts of the facts in a language; what is no text stays as it is."""
    known = {text: of_facts(text, lang) for text in texts.dropna().unique() if isinstance(text, str)}
    return texts.map(lambda text: known.get(text, text) if isinstance(text, str) else text)


def in_language(row: dict[str, object], column: str, lang: str) -> str:
    """The text of a row in a language: its own column (`statement_zh`), else the English one, translated."""
    own, english = row.get(f"{column}_{lang}"), row.get(f"{column}_{SOURCE}")
    if isinstance(own, str) and own:
        return own
    return of_facts(english, lang) if isinstance(english, str) else ""

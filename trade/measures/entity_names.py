"""Names of economies, groups and goods by language: the only place that translates codes of the store into names.

The store has names in English and other languages as rows of its table `name`. A measure returns codes, and `add_names`
adds columns with the names in all these languages. Names in any other language are in `facts.toml` of its folder, by
the English name; a name that is not translated stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from trade.measures.catalog import Measure, Names
from trade.store import Store, own_groups
from trade.store.version_cache import cached_per_version
from trade.text import formats
from trade.text.catalog import SOURCE, of_facts

_TABLES = {"economy": "fact.economy", "group": "fact.economy_group", "product": "fact.product"}
_CODES = {"economy": "economy", "group": "group_code", "product": "product"}
_ENGLISH = f"name_{SOURCE}"


@cached_per_version
def names_of(store: Store, kind: str, lang: str) -> dict[str, str]:
    """Names of economies, groups or products by code."""
    frame = store.query(f"SELECT * FROM {_TABLES[kind]}")
    return dict(zip(frame[_CODES[kind]], named(frame, lang), strict=True))


@cached_per_version
def short_names(store: Store, lang: str) -> dict[tuple[str, str], str]:
    """Short names of chapters and sections of the Harmonized System, by code and title."""
    frame = store.query(
        "SELECT code, short.name_en, short.name_zh, title.name_en AS title_name_en, title.name_zh AS title_name_zh "
        "FROM fact.hs_short_name AS short JOIN (SELECT chapter AS code, name_en, name_zh FROM fact.hs_chapter "
        "UNION SELECT section, section_en, section_zh FROM fact.hs_chapter) AS title USING (code)"
    )
    pairs = zip(frame["code"], named(frame, lang, "title_"), strict=True)
    return dict(zip(pairs, named(frame, lang), strict=True))


def short_name(store: Store, code: object, title: str, lang: str) -> str:
    """The short name of a chapter or section by its code and title; the title of anything else.

    The code alone is not enough: it may be that of an economy or a group.
    """
    return short_names(store, lang).get((str(code), title), title)


def named(frame: pd.DataFrame, lang: str, of: str = "") -> pd.Series:
    """The names of a frame's rows in a language, in English where it has none; `of` is `reporter_`, `partner_` ..."""
    english = translated(frame[f"{of}{_ENGLISH}"], lang)
    own = f"{of}name_{lang}"
    return frame[own].fillna(english) if own in frame else english


def with_names(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Add a column `name_<lang>` for each `name_en`, also for those with a prefix (`partner_name_en`)."""
    translations = {
        column.removesuffix(SOURCE) + lang: translated(frame[column], lang)
        for column in map(str, frame.columns)
        if column.endswith(_ENGLISH)
    }
    return frame.assign(**{name: names for name, names in translations.items() if name not in frame})


def stored_languages(frame: pd.DataFrame) -> list[str]:
    """The languages of the frame's columns of names, in their order."""
    return [name.removeprefix("name_") for name in map(str, frame.columns) if name.startswith("name_")]


def translated(texts: pd.Series, lang: str) -> pd.Series:
    """Texts of the facts in a language; other values are unchanged."""
    known = {text: of_facts(text, lang) for text in texts.dropna().unique() if isinstance(text, str)}
    return texts.map(lambda text: known.get(text, text) if isinstance(text, str) else text)


def in_language(row: Mapping[Any, Any], column: str, lang: str) -> str:
    """The text of a row in a language: its own column (`statement_zh`), else the English one, translated."""
    own, english = row.get(f"{column}_{lang}"), row.get(f"{column}_{SOURCE}")
    if isinstance(own, str) and own:
        return own
    return of_facts(english, lang) if isinstance(english, str) else ""


def add_names(store: Store, measure: Measure, params: dict[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with the names that the measure declares, in every language of the store."""
    for heading, names in measure.names.items():
        at = list(frame.columns).index(names.after or names.code) + 1
        for place, lang in enumerate(languages(store)):
            frame.insert(at + place, f"{heading}_{lang}", _texts(store, names, params, frame, lang))
    return frame


def _texts(store: Store, names: Names, params: dict[str, Any], frame: pd.DataFrame, lang: str) -> pd.Series:
    """The name of each row's code: the code itself (with `unknown`) if it has no name, None if it is missing."""
    codes = _values(names.code, params, frame)
    columns = [_values(kind[1:], params, frame) if kind[0] == "@" else [kind] * len(frame) for kind in names.of]
    kinds = list(zip(*columns, strict=True))
    known = {domains: _names(store, domains, lang) for domains in set(kinds)}
    # plain lists and dicts: a measure of goods has thousands of rows, and pandas look-ups take ten times as long
    texts = [known[domains].get(code) for code, domains in zip(codes, kinds, strict=True)]
    for at, (code, text) in enumerate(zip(codes, texts, strict=True)):
        if text is None and isinstance(code, str):
            texts[at] = own_group_name(store, code, lang) if own_groups.is_own(code) else names.unknown + code
    dtype = "str" if any(texts) else object  # as a query gives a column without values
    return pd.Series(texts, index=frame.index, dtype=dtype)


def own_group_name(store: Store, code: str, lang: str) -> str:
    """The name of a user-defined group: the user's, else one made of its members and exclusions."""
    group = own_groups.read(code)
    if group is None:
        return code
    known = names_of(store, "group", lang) | names_of(store, "economy", lang)
    parts = formats.listed([known.get(part, part) for part in group.parts], lang)
    if group.name or not group.left_out:
        return group.name or parts
    left_out = formats.listed([known.get(part, part) for part in group.left_out], lang)
    return formats.say("partner.without", lang, whole=parts, parts=left_out)


def _values(name: str, params: dict[str, Any], frame: pd.DataFrame) -> list[Any]:
    """A column, or the parameter of that name in every row."""
    return frame[name].tolist() if name in frame else [params[name]] * len(frame)


@cached_per_version
def languages(store: Store) -> list[str]:
    """The languages of the store's names, English first."""
    rows = store.query("SELECT DISTINCT lang FROM name ORDER BY lang <> $source, lang", {"source": SOURCE})
    return [str(lang) for lang in rows["lang"]]


@cached_per_version
def _names(store: Store, domains: tuple[str, ...], lang: str) -> dict[str, str]:
    """Names by code, each from the first of the domains that has it."""
    rows = store.query(
        "SELECT domain, code, name FROM name WHERE list_contains($domains, domain) AND lang = $lang",
        {"domains": list(domains), "lang": lang},
    )
    by_kind = {kind: dict(zip(own["code"], own["name"], strict=True)) for kind, own in rows.groupby("domain")}
    return {code: name for kind in reversed(domains) for code, name in by_kind.get(kind, {}).items()}

"""Words by language. A language is a folder, `trade/text/locales/<code>/`, with a TOML file per area.

`locale.toml` holds the language's own settings, the other files its words by dotted key (`flow.export`). Six files
differ. `sentences.toml` holds the templates of the measures' sentences, `phrases.toml` patterns of what templates put
together with what an editor writes instead, `frontend.toml` the words that Streamlit brings along. The keys of
`measures.toml`, `facts.toml` and `meanings.toml` are the English texts that stand in the headers of measures, in the
facts and at the columns, so that a text that was changed has no translation until it is given a new one. All else is
written in English, and so is what a language lacks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from trade.text import message
from trade.text.message import Text

LOCALES = Path(__file__).parent / "locales"
SOURCE = "en"
"""The language that measures, facts and errors are written in."""
SETTINGS, SENTENCES, MEASURES, FACTS = "locale", "sentences", "measures", "facts"
PHRASES, FRONTEND, MEANINGS = "phrases", "frontend", "meanings"
"""Files that hold something else than words by key."""


def _languages() -> tuple[str, ...]:
    """The codes of the folders that have settings, English first."""
    return tuple(sorted((path.parent.name for path in LOCALES.glob(f"*/{SETTINGS}.toml")), key=_place))


def _place(code: str) -> tuple[bool, str]:
    return code != SOURCE, code


LANGUAGES = _languages()
_A_NAME = re.compile(rf"name_({'|'.join(LANGUAGES)})$")


@cache
def table(area: str, lang: str) -> dict[str, Any]:
    """One file of a language as it is written; empty if the language has none."""
    path = LOCALES / lang / f"{area}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def words(lang: str) -> dict[str, str]:
    """The words and settings of a language by dotted key."""
    areas = sorted(path.stem for path in (LOCALES / lang).glob("*.toml"))
    return {
        key: text
        for area in areas
        if area not in (SENTENCES, MEASURES, FACTS, PHRASES, FRONTEND, MEANINGS)
        for key, text in _flat(table(area, lang))
    }


def _flat(tree: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield path + key, str(value)


def say(key: str, lang: str = SOURCE, **values: object) -> str:
    """The words for `key`, the message filled in. A key that no language has shows as `⟦key⟧`: tests look for it."""
    return said(key, lang, values)


def said(key: str, lang: str, values: Mapping[str, object]) -> Text:
    """The same for values of any name."""
    template = words(lang).get(key)
    if template is None:
        lang, template = SOURCE, words(SOURCE).get(key, f"⟦{key}⟧")
    return fill(template, lang, values) if values else Text(template)


def fill(template: str, lang: str, values: Mapping[str, object]) -> Text:
    """A message in a language with its values, its plural forms and numbers those of the language's locale."""
    return message.fill(template, words(lang)["language.babel"], values, _in_house_style(lang))


@cache
def _in_house_style(lang: str) -> Callable[[str], str] | None:
    """What turns words that a template put together into those an editor writes; None if the language needs none."""
    phrases = [message.rewriting(pattern, instead) for pattern, instead in table(PHRASES, lang).items()]

    def edited(text: str) -> str:
        for pattern, instead in phrases:
            text = pattern.sub(instead, text)
        return text

    return edited if phrases else None


def has(key: str) -> bool:
    """Whether there are words for `key`."""
    return key in words(SOURCE)


def own(key: str, lang: str) -> str | None:
    """The words that the language itself has for `key`: where it has none, there is a better rule than English."""
    return words(lang).get(key)


def column_key(name: str) -> str:
    """The key of a column's heading: a name in whatever language has the heading of names."""
    return f"column.{_A_NAME.sub(f'name_{SOURCE}', name)}"


@cache
def _by_text(area: str, lang: str) -> dict[str, dict[str, str]]:
    return {} if lang == SOURCE else table(area, lang)


@cache
def _facts(lang: str) -> dict[str, str]:
    """The first translation of each text of the facts, whatever table it stands in."""
    tables = reversed(_by_text(FACTS, lang).values())
    return {text: other for texts in tables for text, other in texts.items()}


def of_measure(measure_id: str, text: str, lang: str) -> str:
    """One text of a measure's header; itself if there is no translation."""
    tables = _by_text(MEASURES, lang)
    return next((own[text] for name in (measure_id, "shared") if text in (own := tables.get(name, {}))), text)


def of_column(meaning: str, lang: str) -> str:
    """What a column means (`trade/store/columns.toml`) in a language; itself if there is no translation."""
    return str(table(MEANINGS, lang).get(meaning, meaning))


def of_facts(text: str, lang: str) -> str:
    """A text that stands in the facts (a name, an event, terms of use); itself if there is no translation."""
    return _facts(lang).get(text, text)

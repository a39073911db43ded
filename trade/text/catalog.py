"""The texts of the program, by language. A language is a folder, `trade/text/locales/<code>/`, with a TOML file per
area.

`locale.toml` holds the language's own settings, the other files its words by dotted key (`flow.export`). Six files
differ. `sentences.toml` has the templates of the measures' sentences, `phrases.toml` patterns of awkward generated
phrases with their replacements, `frontend.toml` Streamlit's own texts. The keys of `measures.toml`, `facts.toml` and
`meanings.toml` are the English texts from the headers of measures, the facts and the column descriptions, so that a
changed text has no translation until it gets a new one. English is the fallback for whatever a language lacks.
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
"""Files with something other than texts by key."""

LANGUAGES = tuple(
    sorted((path.parent.name for path in LOCALES.glob(f"*/{SETTINGS}.toml")), key=lambda code: (code != SOURCE, code))
)
"""The codes of the folders that have settings, English first."""
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
    """The text for `key`, filled in with `values`. An unknown key gives `⟦key⟧`, which tests look for."""
    return say_with(key, lang, values)


def say_with(key: str, lang: str, values: Mapping[str, object]) -> Text:
    """As `say`, for values whose names may be anything, such as `key`."""
    template = words(lang).get(key)
    if template is None:
        lang, template = SOURCE, words(SOURCE).get(key, f"⟦{key}⟧")
    return fill(template, lang, values) if values else Text(template)


def fill(template: str, lang: str, values: Mapping[str, object]) -> Text:
    """A message template filled in, with the plural forms and number formats of the language's locale."""
    return message.fill(template, words(lang)["language.babel"], values, _in_house_style(lang))


@cache
def _in_house_style(lang: str) -> Callable[[str], str] | None:
    """A function that replaces awkward generated phrases with the language's `phrases.toml`; None if it has none."""
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
    """The text for `key` without falling back to English; None if the language has none."""
    return words(lang).get(key)


def column_key(name: str) -> str:
    """The key of a column's heading. Name columns of all languages share one heading."""
    return f"column.{_A_NAME.sub(f'name_{SOURCE}', name)}"


@cache
def _by_text(area: str, lang: str) -> dict[str, dict[str, str]]:
    return {} if lang == SOURCE else table(area, lang)


@cache
def _facts(lang: str) -> dict[str, str]:
    """The translation of each text of the facts; the first one if several tables have it."""
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
    """The translation of a text of the facts (a name, an event, terms of use), or the text itself."""
    return _facts(lang).get(text, text)

"""What measures and facts say in English, in the reader's language.

Headers of measures and the facts are written in English. `texts/measures_<lang>.toml` and `texts/facts_<lang>.toml`
give each of their texts its translation, the English beside the other language:

    [growth]
    "Change of the value of trade against the same period a year earlier." = "贸易额与上年同期相比的变动。"

The English is the key, so a text that was changed has no translation any more and is shown in English until it has one:
a translation never stands beside a text that says something else. Texts of several measures stand once, in `[shared]`.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from trade.measures.catalog import Measure, catalog, find_measure
from trade.measures.result import Result, SourceNote

TEXTS = Path(__file__).parent / "texts"
SOURCE = "en"
"""The language that headers and facts are written in."""
TOLD = ("event", "detail", "variable", "producer", "title", "valuation", "licence", "coverage", "unit", "note")
"""Columns whose cells are texts of ours, not names, codes or titles of publications."""


@cache
def _texts(kind: str, lang: str) -> dict[str, dict[str, str]]:
    """The tables of one file, by their English texts; none for English itself or a language without the file."""
    path = TEXTS / f"{kind}_{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if lang != SOURCE and path.exists() else {}


def of_measure(measure_id: str, text: str, lang: str) -> str:
    """One text of a measure's header; itself if there is no translation."""
    tables = _texts("measures", lang)
    return next((table[text] for name in (measure_id, "shared") if text in (table := tables.get(name, {}))), text)


def of_facts(text: str, lang: str) -> str:
    """A text that stands in the facts (an event, an identity, terms of use); itself if there is no translation."""
    return next((table[text] for table in _texts("facts", lang).values() if text in table), text)


@cache
def _of_catalog(measure_id: str, lang: str) -> Measure:
    measure = find_measure(measure_id)
    words = {
        name: of_measure(measure_id, getattr(measure, name), lang) for name in ("title", "unit", "definition", "needs")
    }
    caveats = [of_measure(measure_id, text, lang) for text in measure.caveats]
    parameters = {
        name: one.model_copy(update={"help": of_measure(measure_id, one.help, lang)})
        for name, one in measure.parameters.items()
    }
    return measure.model_copy(update={**words, "caveats": caveats, "parameters": parameters})


def measure_in(measure: Measure, lang: str) -> Measure:
    """The measure with all that it says in that language; formula and reference as they are."""
    return _of_catalog(measure.id, lang) if lang != SOURCE and measure.id in catalog() else measure


def result_in(result: Result, lang: str) -> Result:
    """The result with its measure and the texts in its rows in that language; codes, names and numbers as they are."""
    if lang == SOURCE:
        return result
    told = {name: _column(result.frame[name], lang) for name in TOLD if name in result.frame}
    return replace(result, measure=measure_in(result.measure, lang), frame=result.frame.assign(**told))


def _column(texts: pd.Series, lang: str) -> pd.Series:
    known = {text: of_facts(text, lang) for text in texts.dropna().unique() if isinstance(text, str)}
    return texts.map(lambda text: known.get(text, text) if isinstance(text, str) else text)


def note_in(note: SourceNote, lang: str) -> SourceNote:
    """A source as it is called in that language, with its valuation and terms; the citation is its own."""
    return replace(
        note,
        producer=of_facts(note.producer, lang),
        title=of_facts(note.title, lang),
        valuation=of_facts(note.valuation, lang),
        licence=of_facts(note.licence, lang),
    )


def texts_of(measure: Measure) -> list[str]:
    """Every English text of a measure that a reader may see, in the order of its header."""
    helps = (one.help for one in measure.parameters.values())
    texts = [measure.title, measure.unit, measure.definition, *measure.caveats, measure.needs, *helps]
    return list(dict.fromkeys(text for text in texts if text))


def translated(kind: str, lang: str) -> dict[str, dict[str, str]]:
    """The tables of `texts/<kind>_<lang>.toml`: what tests compare with headers and facts."""
    return _texts(kind, lang)

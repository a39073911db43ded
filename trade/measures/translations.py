"""Translate the English texts of measures and facts.

Headers of measures and the facts are written in English; `measures.toml` and `facts.toml` of a language's folder
(`trade/text/locales/<lang>/`) map each English text to its translation:

    [growth]
    "Change of the value of trade against the same period a year earlier." = "贸易额与上年同期相比的变动。"

The English text is the key, so a translation is never used for a text that has changed (see `trade.text.catalog`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from trade.measures.catalog import Measure, catalog, find_measure
from trade.measures.entity_names import translated, with_names
from trade.measures.result import Result, SourceNote
from trade.text.catalog import SOURCE, of_measure
from trade.text.catalog import of_facts as of_facts

TEXTS = (
    "event", "detail", "variable", "producer", "title", "valuation", "licence", "coverage", "unit", "note",
    "forecaster", "publication", "low_by", "high_by", "outcome_by",
)  # fmt: skip
"""Columns to translate: the project's own texts, names of organisations and outlooks; not codes, not cited pages."""


@cache
def _of_catalog(measure_id: str, lang: str) -> Measure:
    measure = find_measure(measure_id)
    words = {
        name: of_measure(measure_id, getattr(measure, name), lang) for name in ("title", "unit", "definition", "needs")
    }
    caveats = [of_measure(measure_id, text, lang) for text in measure.caveats]
    parameters = {
        name: parameter.model_copy(update={"help": of_measure(measure_id, parameter.help, lang)})
        for name, parameter in measure.parameters.items()
    }
    return measure.model_copy(update={**words, "caveats": caveats, "parameters": parameters})


def measure_in(measure: Measure, lang: str) -> Measure:
    """The measure with its texts translated; formula and reference are unchanged."""
    return _of_catalog(measure.id, lang) if lang != SOURCE and measure.id in catalog() else measure


def result_in(result: Result, lang: str) -> Result:
    """The result with its measure and the texts and names of its rows translated; codes and numbers are unchanged."""
    if lang == SOURCE:
        return result
    texts = {name: translated(result.frame[name], lang) for name in TEXTS if name in result.frame}
    frame = with_names(result.frame.assign(**texts), lang)
    return replace(result, measure=measure_in(result.measure, lang), frame=frame)


def note_in(note: SourceNote, lang: str) -> SourceNote:
    """A source with names, valuation and terms translated; its citation is unchanged."""
    return replace(
        note,
        producer=of_facts(note.producer, lang),
        title=of_facts(note.title, lang),
        valuation=of_facts(note.valuation, lang),
        licence=of_facts(note.licence, lang),
    )


def texts_of(measure: Measure) -> list[str]:
    """Every English text of a measure that a user may see, in the order of its header."""
    helps = (parameter.help for parameter in measure.parameters.values())
    texts = [measure.title, measure.unit, measure.definition, *measure.caveats, measure.needs, *helps]
    return list(dict.fromkeys(text for text in texts if text))

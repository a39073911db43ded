"""The metadata that is exported with the rows of a view: description, sources and caveats."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from trade.measures import Result, SourceNote, describe_sources, sentences
from trade.store import Store
from trade.text import formats
from trade.version import __version__


@dataclass(frozen=True)
class View:
    """A result as shown to a user. `title` and `about` are the lines above its chart, `link` opens it again."""

    result: Result
    title: str
    about: str
    sentence: str
    """The result as the measure's sentence; empty if the measure has none."""
    sources: tuple[SourceNote, ...]
    link: str
    day: str
    """ISO date on which the rows were taken from the dashboard."""
    lang: str
    basis: str = ""
    """The basis of the numbers, as at the end of the sentence: currency, vintage, what is left out."""

    @property
    def vintage(self) -> str:
        """ISO date of the newest publication among the rows; empty if they have no dates."""
        dates = list(self.result.frame["published"].dropna()) if "published" in self.result.frame else []
        return str(max(dates)) if dates else ""

    @property
    def currency(self) -> str:
        """`CNY`, `USD`, or empty where the measure has no choice of currency."""
        return str(self.result.params.get("currency") or "")

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters that have a value, as `trade measure -p` takes them."""
        parameters = {name: value for name, value in self.result.params.items() if value is not None}
        return {
            name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in parameters.items()
        }

    @property
    def version(self) -> str:
        """The dashboard's version and that of the store: together they fix every figure."""
        return f"{__version__}+{self.result.version}"


def view(
    store: Store,
    result: Result,
    *,
    title: str = "",
    about: str = "",
    link: str = "",
    chosen: str = "",
    lang: str = "en",
    day: date | None = None,
    sources: Sequence[SourceNote] | None = None,
) -> View:
    """The result with its metadata; by default the title is that of the measure.

    Args:
        chosen: the period that the sentence is about, if not the last. day: day of access, default today.
        sources: sources of the figures, in the user's language; by default as in the store.
    """
    missing = sentences.missing_templates([result.measure.id])
    sentence = None if missing else sentences.sentence(store, result, lang, chosen)
    notes = tuple(describe_sources(store, result.sources) if sources is None else sources)
    accessed = (day or date.today()).isoformat()
    text, basis = (sentence.text, sentence.basis) if sentence else ("", "")
    return View(result, title or result.measure.title, about, text, notes, link, accessed, lang, basis)


_CONDITIONS = ("period", "freq", "flow", "currency", "reporter", "partner", "continent", "group", "dataset")
"""Parameters that are needed to understand a row by itself."""


def self_described(result: Result, basis: str) -> pd.DataFrame:
    """The rows with constant columns for the parameters, unit and basis that they do not have as columns."""
    constants = {name: result.params.get(name) for name in _CONDITIONS} | {"unit": result.unit, "basis": basis}
    more = {
        name: value for name, value in constants.items() if value not in (None, "", "auto") and name not in result.frame
    }
    return result.frame.assign(**more)


def caveats(result: Result, notes: Sequence[SourceNote], lang: str) -> list[str]:
    """What to know before quoting: the measure's caveats, then its sources' warnings, each once."""
    warnings = (formats.say(f"warning.{code}", lang) for note in notes for code in note.warnings)
    return list(dict.fromkeys([*result.measure.caveats, *warnings]))


def facts(shown: View) -> Iterator[tuple[str, str]]:
    """Names (keys of the strings `view.*`) and texts in reading order, without empty ones."""
    measure = shown.result.measure
    lines = [
        ("title", shown.title),
        ("subtitle", shown.about),
        ("sentence", shown.sentence),
        ("measure", f"{measure.title} ({measure.id})"),
        ("definition", measure.definition),
        ("formula", measure.formula),
        ("reference", measure.reference),
        ("parameters", "; ".join(f"{name}={value}" for name, value in shown.parameters.items())),
        ("unit", measure.unit),
        ("currency", shown.currency),
        ("vintage", shown.vintage),
        *(("caveat", text) for text in caveats(shown.result, shown.sources, shown.lang)),
        ("link", shown.link),
        ("version", shown.version),
        ("retrieved", shown.day),
    ]
    yield from ((name, text) for name, text in lines if text)


def source_facts(note: SourceNote) -> list[tuple[str, str]]:
    """All facts of a source, named as in `facts`."""
    return [
        ("source", note.title),
        ("producer", note.producer),
        ("citation", note.citation),
        ("source_url", note.url),
        ("published", note.published),
        ("accessed", note.accessed),
        ("valuation", note.valuation),
        ("licence", note.licence),
    ]


def metadata(shown: View) -> dict[str, str]:
    """The facts for programs: one text per name; parameters, caveats and sources as JSON."""
    single = {name: text for name, text in facts(shown) if name != "caveat"}
    return single | {
        "parameters": json.dumps(shown.parameters, ensure_ascii=False),
        "caveats": json.dumps(caveats(shown.result, shown.sources, shown.lang), ensure_ascii=False),
        "sources": json.dumps(
            [{"id": note.source_id} | dict(source_facts(note)) for note in shown.sources], ensure_ascii=False
        ),
    }

"""The responses of the tools: data with unit, period, quality, and the citation that an assistant must give."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from trade import interface
from trade.errors import BadParameter, UnknownName
from trade.interface import Result
from trade.measures import SourceNote, catalog, describe_sources
from trade.measures import translations as in_language
from trade.store.sandbox import MOST_ROWS, describe_schema, run_sql
from trade.stories import chart_export
from trade.text.catalog import LANGUAGES
from trade.version import __version__

Envelope = dict[str, Any]
ROWS = 200
"""Default number of rows; few, because an assistant reads them all."""
MOST = 5_000
LONGEST_VALUE, MOST_PARAMETERS = 300, 40
"""Longest parameter value, in characters, and most parameters: the limits of the HTTP API."""


def envelope(
    data: Any,
    *,
    version: str,
    unit: str = "",
    period: str = "",
    quality: str = "",
    text: str = "",
    vintage: str = "",
    sources: tuple[SourceNote, ...] = (),
    **more: Any,
) -> Envelope:
    """The common form of all responses. `citation.text` is a line to print with the figures."""
    citation = {
        "text": text,
        "sources": [source(note) for note in sources],
        "vintage": vintage or max((note.published for note in sources), default=""),
        "store_version": version.rpartition("+")[2],
        "program_version": __version__,
    }
    return {"data": data, "unit": unit, "period": period, "quality": quality, "citation": citation, **more}


def source(note: SourceNote) -> dict[str, Any]:
    """A source with its terms."""
    return {
        "id": note.source_id, "producer": note.producer, "title": note.title, "url": note.url,
        "published": note.published, "terms": note.licence, "citation": note.citation, "valuation": note.valuation,
        "warnings": note.warnings,
    }  # fmt: skip


def list_measures(lang: str) -> Envelope:
    """Every measure without formula and reference."""
    listed = interface.measures(lang).drop(columns=["formula", "reference"]).reset_index()
    return envelope(records(listed), version=interface.store().version)


def run_measure(measure: str, parameters: Mapping[str, Any], rows: int, lang: str) -> Envelope:
    """A measure's rows with everything needed to explain them."""
    _check_limits(parameters, rows)
    result = interface.measure(measure, **parameters)
    data, cut = _truncate(result.frame, rows)
    return envelope(
        data,
        **_citation_fields(result, lang),
        measure=result.measure,
        title=result.title,
        definition=result.definition,
        parameters=result.parameters,
        sentence=result.sentence(lang),
        caveats=list(result.caveats),
        sql=result.sql,
        row_count=len(result.frame),
        truncated=cut,
    )


def _citation_fields(result: Result, lang: str) -> dict[str, Any]:
    return {
        "unit": result.unit, "period": result.period, "quality": result.quality, "text": result.citation("text", lang),
        "vintage": result.vintage, "version": result.version, "sources": result.sources,
    }  # fmt: skip


def check_claim(claim: str, lang: str) -> Envelope:
    """The verdict on a sentence, with the deciding figures."""
    checked, opened = interface.check(claim, lang), interface.store()
    figures = [*checked.details["figures"], *checked.details["alternatives"]]
    ids = list(dict.fromkeys(source_id for figure in figures for source_id in str(figure["source"]).split()))
    notes = tuple(describe_sources(opened, ids))
    first: Mapping[str, Any] = figures[0] if figures else {}
    return envelope(
        checked.details,
        version=opened.version,
        unit=str(first.get("unit", "")),
        period=str(first.get("period", "")),
        quality=str(first.get("origin", "")),
        text="; ".join(f"{note.producer}: {note.title} ({note.url})" for note in notes),
        vintage=str(first.get("vintage", "")),
        sources=notes,
        verdict=checked.verdict,
        sentence=checked.sentence,
    )


def list_charts(lang: str) -> Envelope:
    """Every chart with its choices."""
    return envelope(records(interface.charts(lang).reset_index()), version=interface.store().version)


def get_chart(chart: str, choices: Mapping[str, Any], figure: bool, rows: int, lang: str) -> Envelope:
    """A chart's texts and rows; with `figure` the Plotly figure too."""
    _check_limits(choices, rows)
    drawn = interface.drawn(chart, choices, lang)
    result = Result(interface.store(), drawn.result)
    data, cut = _truncate(drawn.result.frame, rows)
    described = chart_export.as_dict(drawn)
    plotted = {"figure": described["figure"]} if figure else {}
    words = {name: described[name] for name in ("id", "title", "headline", "takeaway", "subtitle", "notes", "params")}
    return envelope(
        data, **_citation_fields(result, lang), **words, **plotted, row_count=len(drawn.result.frame), truncated=cut
    )


def search(words: str, lang: str) -> Envelope:
    """Measures, charts, economies, groups, goods, sources and statements by words."""
    return envelope(records(interface.search(words[:LONGEST_VALUE], lang)), version=interface.store().version)


def run_query(query: str, rows: int) -> Envelope:
    """Rows of one read-only SQL statement; the sources cited are those in its column `source_id`."""
    _check_limits({}, rows)
    opened = interface.store()
    answer = run_sql(query, store=opened, rows=rows)
    cells: Iterable[str] = answer.frame["source_id"].dropna().astype(str) if "source_id" in answer.frame else []
    notes = tuple(
        describe_sources(opened, list(dict.fromkeys(source_id for cell in cells for source_id in cell.split())))
    )
    return envelope(
        answer.as_dict()["rows"],
        version=answer.version,
        text="; ".join(f"{note.producer}: {note.title} ({note.url})" for note in notes),
        sources=notes,
        columns=answer.columns,
        row_count=len(answer.frame),
        truncated=answer.truncated,
        notes=list(answer.notes),
    )


def sources() -> Envelope:
    """Every source with its terms."""
    opened = interface.store()
    ids = list(opened.query("SELECT source_id FROM fact.source ORDER BY source_id")["source_id"])
    notes = tuple(describe_sources(opened, ids))
    return envelope([source(note) for note in notes], version=opened.version, sources=())


def one_source(source_id: str) -> Envelope:
    """One source.

    Raises:
        UnknownName: there is no source with that id.
    """
    opened = interface.store()
    notes = tuple(describe_sources(opened, [source_id]))
    if not notes:
        good = list(opened.query("SELECT source_id FROM fact.source")["source_id"])
        raise UnknownName("source_to_update", source_id, good)
    return envelope(source(notes[0]), version=opened.version, sources=notes)


def definition(measure: str, lang: str) -> Envelope:
    """A measure's declaration: definition, formula, reference, caveats, parameters."""
    interface.declaration(measure)
    declaration = in_language.measure_in(catalog()[measure], language(lang)).declaration()
    return envelope(declaration, version=interface.store().version, unit=declaration["unit"])


def schema() -> Envelope:
    """The tables and columns that SQL can query."""
    opened = interface.store()
    return envelope(records(describe_schema(opened)), version=opened.version)


def language(lang: str) -> str:
    """`lang`, if it is supported.

    Raises:
        UnknownName: there is no such language.
    """
    if lang not in LANGUAGES:
        raise UnknownName("language", lang, list(LANGUAGES))
    return lang


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON values: missing values are None, dates are ISO texts."""
    text = frame.to_json(orient="records", date_format="iso", double_precision=15)
    return list(json.loads(str(text).replace("T00:00:00.000", "")))


def _truncate(frame: pd.DataFrame, rows: int) -> tuple[list[dict[str, Any]], bool]:
    return records(frame.head(rows)), len(frame) > rows


def _check_limits(parameters: Mapping[str, Any], rows: int) -> None:
    """Apply the limits of the HTTP API.

    Raises:
        BadParameter: too many parameters or rows, or a value is too long.
    """
    if len(parameters) > MOST_PARAMETERS:
        raise BadParameter("api.most_parameters", most=MOST_PARAMETERS, count=len(parameters))
    for name, value in parameters.items():
        if len(str(value)) > LONGEST_VALUE:
            raise BadParameter("api.too_long", name=name, most=LONGEST_VALUE)
    most = min(MOST, MOST_ROWS)
    if not 1 <= rows <= most:
        raise BadParameter("between", name="rows", low="1", high=f"{most:,}", given=str(rows))

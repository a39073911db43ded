"""A chart as a file: its Plotly figure with all texts as JSON, its rows as CSV, or a page that opens offline."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from trade.errors import BadParameter, Message, UnknownName, shorten
from trade.export.view_metadata import self_described
from trade.measures import find_measure
from trade.measures.parameters import known_codes
from trade.panels.fields import FIELDS, form_of
from trade.panels.panel import Drawn, Panel
from trade.panels.registry import find_panel, panels
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.stories.html_handout import Handout, html
from trade.stories.slide import Slide


def listed(lang: str) -> list[dict[str, Any]]:
    """Every chart: `id`, `title`, `measure` and the names of its `choices`."""
    with running(RunContext(lang)):
        return [
            {"id": panel.id, "title": panel.title, "measure": panel.measure, "choices": list(panel.choices)}
            for panel in panels().values()
        ]


def check(panel_id: str, params: Mapping[str, str]) -> Panel:
    """The chart of that id, if it takes these choices.

    Raises:
        UnknownName: there is no such chart or measure. BadParameter: it takes no such choice, or not with that value.
    """
    panel = find_panel(panel_id)
    for name, code in params.items():
        if name not in panel.choices:
            names = list(panel.choices) or Message("none")
            raise BadParameter("chart.no_choice", chart=panel.id, name=shorten(name), good=names)
        field = FIELDS[name]
        if not field.accepts(code):
            good = list(field.options) or form_of(field)
            raise BadParameter("chart.bad_choice", name=name, value=shorten(code), good=good)
    if "measure" in params:
        find_measure(params["measure"])
    return panel


def draw(store: Store, panel_id: str, params: Mapping[str, str], lang: str, exact: bool = True) -> Drawn:
    """The chart of that id for choices written as in a link; not `exact`: with what a page shows in place of a choice
    that does not fit the others.

    Raises:
        UnknownName, BadParameter: as `check`. NoRows: the store holds nothing that answers.
    """
    panel = check(panel_id, params)
    for name, kind in _STORE_CODES.items():
        code = params.get(name, "")
        if code not in ("", FIELDS[name].default) and code not in (codes := known_codes(store, kind)):
            raise UnknownName(kind, code, codes)
    return panel.draw(store, params, lang, exact=exact)


_STORE_CODES = {"product": "product", "within": "product", "reporter": "economy"}
"""Choices whose codes are checked against the store. For an unknown code a page falls back to its default; a file would
silently contain something else than requested."""


def as_dict(drawn: Drawn) -> dict[str, Any]:
    """The chart as plain values: texts, sources and the figure as Plotly reads it."""
    return {
        "id": drawn.id,
        "title": drawn.title,
        "headline": drawn.headline,
        "takeaway": drawn.takeaway,
        "subtitle": drawn.subtitle,
        "notes": list(drawn.notes),
        "sources": [
            {"producer": note.producer, "title": note.title, "url": note.url, "published": note.published}
            for note in drawn.sources
        ],
        "measure": drawn.result.measure.id,
        "params": {name: value for name, value in drawn.result.params.items() if value is not None},
        "unit": drawn.result.unit,
        "version": drawn.result.version,
        "lang": drawn.lang,
        "figure": json.loads(drawn.figure.to_json()),
    }


def as_json(drawn: Drawn) -> str:
    """`as_dict` as one line of JSON."""
    return json.dumps(as_dict(drawn), ensure_ascii=False) + "\n"


def as_csv(drawn: Drawn) -> str:
    """The rows drawn as CSV: all columns with their codes, and columns that describe them; missing values are empty."""
    return str(self_described(drawn.result, "").to_csv(index=False, date_format="%Y-%m-%d"))


def as_html(drawn: Drawn) -> str:
    """A page with the chart, its texts and sources, that opens without a network."""
    day = date.today().isoformat()
    slide = Slide(
        headline=drawn.headline,
        own="",
        about=drawn.subtitle,
        alt=drawn.takeaway,
        notes="",
        link=f"/{drawn.id.partition('/')[0]}?chart={drawn.id.partition('/')[2]}",
        figure=drawn.figure,
        plots=drawn.plots,
        instead_of=drawn.instead_of,
        result=drawn.result,
        sources=list(drawn.sources),
        remarks=drawn.notes,
    )
    return html(Handout(drawn.headline, "", drawn.lang, day, drawn.result.version, [slide]), contents=False)


FORMS: dict[str, Callable[[Drawn], str]] = {"json": as_json, "csv": as_csv, "html": as_html}

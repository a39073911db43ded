"""The target of a story's step: a panel with its choices, and the texts around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from trade.errors import Message, TradeError, UnknownName, shorten
from trade.panels import factcheck
from trade.panels.cache import cached_per_store
from trade.panels.fields import FIELDS, Values, form_of, parse
from trade.panels.messages import factcheck as messages
from trade.panels.registry import panels
from trade.stories import story as stories
from trade.stories.story import Places, Step, nearest

SHOWN_AS = ("present", "story", "step", "chart", "open", "lang", "theme", "mine")
"""Fields about how a view is shown; all others are about its content."""


def places() -> Places:
    """Where a step may lead: the panels of each page."""
    charts: dict[str, list[str]] = {}
    for panel in panels().values():
        charts.setdefault(panel.page, []).append(panel.key)
    return Places(charts, problems)


def parameters(query: str) -> dict[str, list[str]]:
    """A query as the URL would bring it."""
    return parse_qs(query, keep_blank_values=True)


def choices_of(step: Step) -> Values:
    """The choices of a step's query."""
    return parse(parameters(step.query))[0]


def problems(query: str) -> Iterator[Message]:
    """The problems of a step's query, each with the nearest valid value."""
    known = [name for name in FIELDS if name not in SHOWN_AS]
    for name, codes in parameters(query).items():
        if name not in known:
            yield Message("story.no_choice", name=shorten(name), use=nearest(name, known))
            continue
        field = FIELDS[name]
        if len(codes) > 1:
            yield Message("story.twice", name=name)
        elif not field.accepts(codes[0]):
            use = nearest(codes[0], field.options) if field.options else Message("story.write", form=form_of(field))
            yield Message("story.bad_choice", name=name, value=shorten(codes[0]), use=use)


def link(step: Step) -> str:
    """The view of a step as the path of a link."""
    return f"/{step.page}?{step.query}".rstrip("?")


def fill(text: str, own: str = "") -> str:
    """A text of a story with its numbers; `own` is the chart's headline.

    Raises:
        TradeError: there is no such statement, or it cannot be computed.
    """
    return stories.filled(text, lambda kind, code: own if kind == "chart" else _of_statement(kind, code))


@cached_per_store
def _of_statement(kind: str, code: str) -> str:
    rows = factcheck.claims().set_index("claim_id")
    if code not in rows.index:
        raise UnknownName("statement", code, list(rows.index))
    row: dict[Any, Any] = rows.loc[code].to_dict()
    if kind == "statement":
        return str(row["statement"]).rstrip(".。")
    bound = row["bound"] if kind == "official" else "equal"
    value = row["official_value" if kind == "official" else "reproduced_value"]
    if value is None:
        raise TradeError("story.not_computed", code=code)
    return messages.stated(value, row["unit"], bound, row["printed"] or "")

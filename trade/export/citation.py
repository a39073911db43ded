"""Cite a view as a line of text or as BibTeX, with version, vintage, link and the day of access."""

from __future__ import annotations

import re

from trade.export.view_metadata import View
from trade.measures import source_citation
from trade.text import formats

_KEY = re.compile(r"[^a-z0-9]+")


def as_text(shown: View) -> str:
    """`China trade dashboard (2026): Title. What is shown. Based on ... Newest ... Version ... Link, read ...`"""

    def say(key: str, **values: object) -> str:
        return formats.say(f"cite.{key}", shown.lang, **values)

    words = {
        "site": formats.say("site.title", shown.lang),
        "year": shown.day[:4],
        "title": shown.title,
        "about": shown.about or shown.result.measure.title,
        "version": shown.version,
        "link": shown.link,
        "day": formats.day(shown.day, shown.lang),
    }
    based = say("comma").join(f"{note.producer}, {note.title.partition(':')[0]}" for note in shown.sources)
    parts = [
        say("view", **words),
        say("based", sources=based) if based else "",
        say("vintage", day=formats.day(shown.vintage, shown.lang)) if shown.vintage else "",
        say("version", **words),
        say("link", **words) if shown.link else say("read", **words),
    ]
    return say("space").join(part for part in parts if part)


def as_bibtex(shown: View) -> str:
    """An entry for the view, then one for each source; a view's key is made of measure, parameters and store."""
    site = formats.say("site.title", "en")
    parameters = [value for value in shown.parameters.values() if value != "false"]
    key = _KEY.sub("-", "-".join([shown.result.measure.id, *parameters]).lower()).strip("-")
    note = [f"Version {shown.version}", f"measure {shown.result.measure.id}"]
    note += [f"newest figure published {shown.vintage}"] if shown.vintage else []
    fields = {
        "author": f"{{{source_citation.tex(site)}}}",
        "title": f"{{{source_citation.tex(shown.title)}}}",
        "year": shown.day[:4],
        **({"howpublished": rf"\url{{{shown.link}}}"} if shown.link else {}),
        "urldate": shown.day,
        "note": source_citation.tex("; ".join(note)),
    }
    own = source_citation.entry(f"china-trade-{key[:80]}-{shown.result.version[:8]}", fields)
    return "\n\n".join([own, *(source_citation.as_bibtex(note) for note in shown.sources)])

"""The measure's own sentence above a chart: a short headline, and the full text with basis and source for screen
readers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd

from trade.measures import Result, sentences
from trade.measures.sentences import Sentence
from trade.panels import measure_url, run_context
from trade.panels.cache import cached_text
from trade.panels.language import lang
from trade.text.markdown import prose


@dataclass(frozen=True)
class Message:
    """`headline` is shown above the chart; `takeaway` is its text alternative. Numbers in both keep their links."""

    headline: str
    takeaway: str


@cached_text
def sentence_of(result: Result, chosen: str = "", template: str = "") -> Sentence:
    """The sentence about the period `chosen`, else about the last one; `template` names another measure whose wording
    is used.
    """
    return sentences.sentence(run_context.store(), result, lang(), chosen, template)


def measure_message(result: Result, chosen: str = "") -> Message:
    """Headline and takeaway about the period `chosen`, else about the last one."""
    sentence = sentence_of(result, chosen)
    return Message(sentence.headline, sentence.text)


def headline(result: Result, chosen: str = "", template: str = "") -> str:
    """The headline alone, for callers that write their own takeaway."""
    return sentence_of(result, chosen, template).headline


def headline_of_rows(result: Result, rows: pd.DataFrame, **params: str) -> str:
    """The headline about some of the rows only; `params` are the parameters that describe those rows."""
    narrowed = replace(result, frame=rows, params=result.params | params)
    return sentences.sentence(run_context.store(), narrowed, lang()).headline


@cached_text
def linked(result: Result, chosen: str = "") -> str:
    """The whole sentence in Markdown; each number leads to its query in Explore."""
    sentence = sentence_of(result, chosen)
    parts, at = [], 0
    for link in sentence.links:
        drawn = {"y": link.column} if link.column in result.frame else {}
        query = urlencode(measure_url.link(link.measure, dict(link.params)) | drawn)
        number = prose(sentence.text[link.start : link.end])
        parts += [prose(sentence.text[at : link.start]), f"[{number}](explore?{query})"]
        at = link.end
    return "".join([*parts, prose(sentence.text[at:])])

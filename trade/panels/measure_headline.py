"""The measure's own sentence above a chart of it: its beginning as headline, all of it read out."""

from __future__ import annotations

from urllib.parse import urlencode

from trade.measures import Result, sentences
from trade.measures.sentences import Sentence
from trade.panels import measure_query, run_context
from trade.panels.cache import cached_text
from trade.panels.language import lang
from trade.panels.messages.common import Message
from trade.text.markdown import prose


@cached_text
def sentence_of(result: Result, chosen: str = "") -> Sentence:
    """The sentence of the result about the period `chosen`, or about its last."""
    return sentences.sentence(run_context.store(), result, lang(), chosen)


def said(result: Result, chosen: str = "") -> Message:
    """What the result says about the period `chosen`, or about its last."""
    sentence = sentence_of(result, chosen)
    return Message(sentence.core, sentence.text)


@cached_text
def linked(result: Result, chosen: str = "") -> str:
    """The whole sentence in Markdown; each number leads to its query in Explore."""
    sentence = sentence_of(result, chosen)
    parts, at = [], 0
    for link in sentence.links:
        drawn = {"y": link.column} if link.column in result.frame else {}
        query = urlencode(measure_query.link(link.measure, dict(link.params)) | drawn)
        parts += [
            prose(sentence.text[at : link.start]),
            f"[{prose(sentence.text[link.start : link.end])}](explore?{query})",
        ]
        at = link.end
    return "".join([*parts, prose(sentence.text[at:])])

"""The measure's own sentence above a chart of it: its beginning as headline, all of it read out."""

from __future__ import annotations

from urllib.parse import urlencode

from trade.measures import Result, sentences
from trade.panels import measure_query, run_context
from trade.panels.cache import cached_text
from trade.panels.language import lang
from trade.panels.messages.common import Message
from trade.text.markdown import prose


@cached_text
def said(result: Result, chosen: str = "") -> Message:
    """What the result says about the period `chosen`, or about its last."""
    text = sentences.sentence(run_context.store(), result, lang(), chosen).text
    return Message(beginning(text), text)


@cached_text
def linked(result: Result, chosen: str = "") -> str:
    """The whole sentence in Markdown; each number leads to its query in Explore."""
    told = sentences.sentence(run_context.store(), result, lang(), chosen)
    parts, at = [], 0
    for one in told.links:
        drawn = {"y": one.column} if one.column in result.frame else {}
        asked = urlencode(measure_query.link(one.measure, one.params) | drawn)
        parts += [prose(told.text[at : one.start]), f"[{prose(told.text[one.start : one.end])}](explore?{asked})"]
        at = one.end
    return "".join([*parts, prose(told.text[at:])])


def beginning(sentence: str) -> str:
    """A sentence without the brackets at its end, which name basis, source and date."""
    depth = 0
    for at in range(len(sentence) - 1, -1, -1):
        depth += {")": 1, "）": 1, "(": -1, "（": -1}.get(sentence[at], 0)
        if not depth and sentence[at] in "(（":
            return sentence[:at].rstrip()
        if not depth and at < len(sentence) - 2:
            break
    return sentence.rstrip(".。")

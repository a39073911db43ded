"""`trade check`: the verdict on a sentence about China's trade."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from trade.cli.console import LangOption, print_json, screen
from trade.errors import BadParameter
from trade.measures import claims
from trade.measures.claims import Checked, wording
from trade.measures.claims.parsing.parser import LONGEST
from trade.store import Store, open_store
from trade.text.formats import say


class CheckFormat(StrEnum):
    table = "table"
    json = "json"


def check(
    claim: Annotated[str, typer.Argument(help="One sentence, English or Chinese, in quotes.")],
    lang: LangOption = "en",
    form: Annotated[CheckFormat, typer.Option("--format", "-f", help="table for reading; json for programs.")] = (
        CheckFormat.table
    ),
) -> None:
    """Check a sentence against the figures: right, close, wrong, or why there is no such verdict."""
    text = _sentence(claim)
    store = open_store()
    checked = claims.check(store, text)
    if form is CheckFormat.json:
        print_json(wording.as_dict(store, checked, lang))
    else:
        for line in _lines(store, checked, lang):
            screen.print(line, markup=False, soft_wrap=True)


def _sentence(claim: str) -> str:
    """The sentence, if it can be read.

    Raises:
        BadParameter: it is empty or too long.
    """
    text = claim.strip()
    if not text:
        raise BadParameter("cli.no_sentence")
    if len(text) > LONGEST:
        raise BadParameter("cli.long_sentence", count=len(text), most=LONGEST)
    return text


def _lines(store: Store, checked: Checked, lang: str) -> list[str]:
    """The verdicts as text: sentence, reading, source, other readings."""
    made: list[str] = []
    for verdict in checked.verdicts:
        made.append(wording.sentence(store, verdict, lang))
        reading = " · ".join(words for _, words in wording.chips(store, verdict.claim, lang))
        made.append(f"  {say('check.read_as', lang)}: {reading}")
        left = wording.left_open(verdict.claim, lang)
        if left:
            made.append("  " + say("check.open_words", lang, parts="; ".join(left)))
        for match in [*verdict.figures, *verdict.alternatives][:5]:
            title, url = wording.source(store, match.figure, lang)
            gap = wording.difference(match, verdict.claim, lang)
            notes = [say("check.difference", lang, gap=gap)] if gap else []
            made.append(
                "  - " + "; ".join([wording.figure(store, match.figure, lang), *notes, f"{title} {url}".strip()])
            )
    return made

"""Rows of a table as cards, for screens on which its columns have no room; the style sheet shows one of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit as st

from trade.panels.language import lang, say
from trade.text import formats

MOST = 30
"""Most cards; the table on wider screens has all rows."""


@dataclass(frozen=True)
class RowCard:
    """One row: its subject, its figures, and the view that it links to, if any."""

    heading: str
    figures: tuple[str, ...]
    link: str = ""


def draw(rows: Iterable[RowCard], key: str) -> None:
    """A list of cards below the table `key`, in the order of its rows."""
    cards = list(rows)
    items = "".join(map(_item, cards[:MOST]))
    counts = {"count": formats.count(MOST, lang()), "all": formats.count(len(cards), lang())}
    more = f"<p>{escape(say('handout.limited', **counts))}</p>" if len(cards) > MOST else ""
    st.html(f'<div class="row_cards" data-table="{escape(key)}"><ol>{items}</ol>{more}</div>')


def _item(card: RowCard) -> str:
    heading = escape(card.heading)
    if card.link:
        heading = f'<a href="{escape(card.link)}">{heading}</a>'
    return f"<li><strong>{heading}</strong><span>{' · '.join(map(escape, card.figures))}</span></li>"

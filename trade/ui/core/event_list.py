"""A list of dated events with the pages that report them, the newest first; the rest opens on a click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from trade.panels.language import say
from trade.text.markdown import plain, prose

Line = tuple[str, str, str, str, str]
"""Day, what happened, more on it, title and address of the page that reports it."""
SHOWN = 6


def dated(lines: Sequence[Line], key: str) -> None:
    """Draw the first lines, and the others in an expander."""
    st.markdown(_items(lines[:SHOWN]))
    if len(lines) <= SHOWN:
        return
    rest = st.expander(
        say("lists.more", count=len(lines) - SHOWN), type="compact", key=f"more_{key}", on_change="rerun"
    )
    if rest.open:
        rest.markdown(_items(lines[SHOWN:]))


def _items(lines: Sequence[Line]) -> str:
    return "\n".join(_item(*line) for line in lines)


def _item(day: str, event: str, detail: str, title: str, url: str) -> str:
    page = f":small[[{plain(title)}]({url})]" if url else f":small[{plain(title)}]"
    words = {"day": plain(day), "event": prose(event), "detail": prose(detail), "page": page}
    return "- " + say("lists.line_more" if detail else "lists.line", **words)

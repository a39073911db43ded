"""Lists of text: dated events with their pages, the newest first, the rest behind a line to open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from trade.panels.language import say
from trade.text.markdown import plain, prose

Line = tuple[str, str, str, str, str]
"""Day, what happened, more on it, title and address of the page that reports it."""
SHOWN = 6


def dated(lines: Sequence[Line], key: str) -> None:
    """The first lines, and the others when the reader opens them."""
    st.markdown("\n".join(_line(one) for one in lines[:SHOWN]))
    if len(lines) <= SHOWN:
        return
    opened = st.expander(
        say("lists.more", count=len(lines) - SHOWN), type="compact", key=f"more_{key}", on_change="rerun"
    )
    if opened.open:
        opened.markdown("\n".join(_line(one) for one in lines[SHOWN:]))


def _line(one: Line) -> str:
    day, event, detail, title, url = one
    page = f":small[[{plain(title)}]({url})]" if url else f":small[{plain(title)}]"
    words = {"day": plain(day), "event": prose(event), "detail": prose(detail), "page": page}
    return "- " + say("lists.line_more" if detail else "lists.line", **words)

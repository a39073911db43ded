"""What officials said when the newest figures came out, each with its verdict and a link to its computation."""

from __future__ import annotations

import streamlit as st

from trade.panels import overview
from trade.panels.language import lang, say
from trade.panels.messages import factcheck as messages
from trade.text import formats
from trade.text.markdown import prose
from trade.ui.core import page_links
from trade.ui.core.text_blocks import small


def draw() -> None:
    """The statements of the newest release on file; nothing where there are none."""
    frame = overview.newest_statements()
    if frame.empty:
        return
    day = formats.day(str(frame["published"].iloc[0]), lang())
    st.header(say("pages.overview.statements", day=day), anchor=False)
    for row in frame.to_dict("records"):
        verdict = messages.verdict_label(str(row["verdict"]), str(row["unlike"]).split())
        words = f"{verdict}{say('join.colon')}{row['statement']}"
        page_links.link("factcheck", words, claim=str(row["claim_id"]), chart="claim")
    small(prose(say("pages.overview.statements_about")))

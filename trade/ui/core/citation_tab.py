"""How to cite what is seen: the sentence with its number, a line of text, BibTeX, and the link; each can be copied."""

from __future__ import annotations

import streamlit as st

from trade.export import citation
from trade.export.view_metadata import View
from trade.panels.language import say
from trade.panels.measure_headline import linked
from trade.text.markdown import prose


def offer(shown: View, chosen: str = "") -> None:
    """Each form under its name; the numbers of the sentence lead to their query."""
    forms = [
        ("sentence", shown.sentence, None),
        ("text", citation.as_text(shown), None),
        ("bibtex", citation.as_bibtex(shown), "latex"),
        ("link", shown.link, None),
    ]
    for name, text, language in forms:
        if text:
            st.markdown(f"**{prose(say(f'cite.as_{name}'))}**")
            if name == "sentence":
                st.markdown(linked(shown.result, chosen))
            st.code(text, language=language, wrap_lines=True)

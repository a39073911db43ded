"""The reader's language, and text made safe for Markdown."""

from __future__ import annotations

import re

import streamlit as st

from trade import formats

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>$~#|:])")
NO_BREAK = "\u00a0"


def lang() -> str:
    """The language of this reader. English, until the switch of languages is built (it will live here)."""
    return "en"


def say(key: str, **values: object) -> str:
    """The words for `key` in the reader's language."""
    return formats.say(key, lang(), **values)


def plain(text: str) -> str:
    """`text` so that Markdown shows it letter by letter: dollar signs, brackets and the like lose their meaning."""
    return _SPECIAL.sub(r"\\\1", text)


def prose(text: str) -> str:
    """`plain` text for sentences: a per-cent sign never begins a line."""
    return plain(text).replace(" %", NO_BREAK + "%").replace(" pp", NO_BREAK + "pp")


def small(text: str) -> None:
    """A quiet line in Markdown, for what stands under a figure. `st.caption` is too pale for many readers."""
    st.markdown(f":small[:gray[{text}]]")

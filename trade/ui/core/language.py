"""The reader's language, and text made safe for Markdown.

The language is a field of the URL like all others (`?lang=zh`), kept over pages. A reader who opens the bare address is
met in the language of the browser; a link that names no language is in English, so that it shows everybody the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Literal

import streamlit as st

from trade.text import formats

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>$~#|:])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>$~#|:])")
_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\([^)\s]*\)")
NO_BREAK = "\u00a0"
LANGUAGES = formats.LANGUAGES
"""The first is the language of a link that names none."""
_LANG = "language.code"
_SPOKEN = ContextVar("spoken", default="")
"""The same for the thread of this run: it is asked for hundreds of times."""


def lang() -> str:
    """The language of this reader, as `speak` was told in this run."""
    return _SPOKEN.get() or str(st.session_state.get(_LANG, LANGUAGES[0]))


def speak(code: str) -> None:
    """Use this language from here on; the first one if the code is none of them."""
    st.session_state[_LANG] = code if code in LANGUAGES else LANGUAGES[0]
    _SPOKEN.set(st.session_state[_LANG])


def of_browser() -> str:
    """The language that the browser prefers, if it is one of ours and not the first; else empty."""
    preferred = (st.context.locale or "").replace("_", "-").partition("-")[0].lower()
    return preferred if preferred in LANGUAGES[1:] else ""


def say(key: str, **values: object) -> str:
    """The words for `key` in the reader's language."""
    return formats.say(key, lang(), **values)


def joined(parts: Iterable[str]) -> str:
    """A list in one line: `Asia, Africa`, `亚洲、非洲`."""
    return say("join.comma").join(parts)


def joined_widely(parts: Iterable[str]) -> str:
    """A list whose parts hold commas themselves: `WTO 2.4 %, March; IMF 2.6 %`."""
    return say("join.semicolon").join(parts)


def sentences_of(parts: Iterable[str]) -> str:
    """Sentences one after the other: with a space between them, in Chinese without."""
    return say("join.sentence").join(parts)


def plain(text: str) -> str:
    """`text` so that Markdown shows it letter by letter: dollar signs, brackets and the like lose their meaning."""
    return _SPECIAL.sub(r"\\\1", text)


def prose(text: str) -> str:
    """`plain` text for sentences: a per-cent sign never begins a line."""
    return plain(text).replace(" %", NO_BREAK + "%").replace(" pp", NO_BREAK + "pp")


def unmarked(text: str) -> str:
    """Markdown made by us as plain text again: a link is its words, an escaped letter itself."""
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", text)).replace(NO_BREAK, " ")


def quiet(text: str) -> str:
    """Markdown for a quiet line; nothing stays nothing."""
    return f":small[:gray[{text}]]" if text else ""


def small(text: str) -> None:
    """A quiet line in Markdown, for what stands under a figure. `st.caption` is too pale for many readers."""
    st.markdown(quiet(text))


def paragraphs(*texts: str, width: int | Literal["auto"] = "auto") -> None:
    """Several paragraphs of Markdown as one element: each element of a page costs every reader time at every change."""
    st.markdown("\n\n".join(text for text in texts if text), width=width)

"""Blocks of text on a page: quiet lines, several paragraphs as one element."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from trade.text.markdown import quiet


def small(text: str) -> None:
    """A line of less prominent Markdown, such as notes under a figure. `st.caption` is too pale for many users."""
    st.markdown(quiet(text))


def paragraphs(*texts: str, width: int | Literal["auto"] = "auto") -> None:
    """Several paragraphs of Markdown as one element: each element of a page costs every user time at every change."""
    st.markdown("\n\n".join(text for text in texts if text), width=width)

"""The least that a page can be: one control.

It has the remedy that ours has against Streamlit's search for garbage after every run, so that a ratio to it tells what
a page costs and nothing else.
"""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Once per process."""
    gc.collect()
    gc.freeze()


st.segmented_control("Flow", ["Exports", "Imports", "Total"], default="Exports", required=True, key="scope_flow")
settle()

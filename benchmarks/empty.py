"""The least that a page can be: one control.

Its server neither searches all memory for garbage after every run nor watches files, as ours, so that a ratio to it
tells what a page costs and nothing else.
"""

import streamlit as st

st.segmented_control("Flow", ["Exports", "Imports", "Total"], default="Exports", required=True, key="scope_flow")

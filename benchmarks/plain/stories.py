"""Stories: the steps of a story and the ways to them."""

import tomllib

import streamlit as st

from trade.paths import STORIES

st.title("Stories")
name = st.segmented_control("Story", ["2025", "mine"], default="2025", required=True, key="scope_story")
if name == "mine":
    st.info("No views yet.")
else:
    story = tomllib.loads((STORIES / "2025.toml").read_text(encoding="utf-8"))
    st.header(story["title"]["en"])
    for number, step in enumerate(story["step"], 1):
        with st.container(border=True):
            st.markdown(f"**{number}. {step.get('headline', {}).get('en', '')}**")
            st.caption(step.get("notes", {}).get("en", ""))
            columns = st.columns(3)
            columns[0].caption(step["page"])
            columns[1].page_link(f"{step['page']}.py", label="Open")
            columns[2].button("Present", key=f"present_{number}")

"""Stories: which views, in which order, tell the story, and how is it presented or taken along?"""

import streamlit as st

from trade.ui import navigation, stories
from trade.ui.errors import calm
from trade.ui.language import prose, say

navigation.stand()
navigation.header("stories")

with calm():
    story = stories.chosen()
    if story is None:
        st.info(prose(say("story.empty")))
    else:
        if stories.is_mine():
            stories.rename()
        stories.tell(story)
        stories.steps(story)
        stories.take_along(story)
stories.load()

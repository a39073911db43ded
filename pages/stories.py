"""Stories: which views, in which order, tell the story, and how is it presented or taken along?"""

import streamlit as st

from trade.ui.core import navigation
from trade.ui.core.errors import calm
from trade.ui.core.language import prose, say
from trade.ui.stories import story_list

navigation.stand()
navigation.header("stories")

with calm():
    story = story_list.chosen()
    if story is None:
        st.info(prose(say("story.empty")))
    else:
        if story_list.is_mine():
            story_list.rename()
        story_list.tell(story)
        story_list.steps(story)
        story_list.take_along(story)
story_list.load()

"""Stories: which views, in which order, tell the story, and how is it presented or taken along?"""

import streamlit as st

from trade.panels.language import say
from trade.text.markdown import prose
from trade.ui.core import navigation
from trade.ui.core.errors import show_errors
from trade.ui.stories import story_list

navigation.ensure_app()
navigation.header("stories")

with show_errors():
    story = story_list.chosen()
    if story is None:
        st.info(prose(say("story.empty")))
        story_list.undo()
    else:
        if story_list.is_mine():
            story_list.rename(story)
        story_list.introduce(story)
        story_list.show_steps(story)
        story_list.take_along(story)
story_list.load()

"""Stories: which views, in which order, tell the story, and how is it presented or shared?"""

import streamlit as st

from trade.panels.language import say
from trade.text.markdown import prose
from trade.ui.core import navigation
from trade.ui.core.errors import show_errors
from trade.ui.stories import stories_page

navigation.ensure_app()
navigation.header("stories")

with show_errors():
    story = stories_page.chosen()
    if story is None:
        st.info(prose(say("story.empty")))
        stories_page.undo()
    else:
        if stories_page.is_mine():
            stories_page.rename(story)
        stories_page.introduce(story)
        stories_page.show_steps(story)
        stories_page.downloads(story)
stories_page.load()

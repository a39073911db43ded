"""The steps of a story as small pictures in order, which are drawn by the browser and can be moved there."""

from __future__ import annotations

from typing import Any

import streamlit as st

from trade.panels.language import lang, say
from trade.stories import slideshow
from trade.stories.story import Step, Story
from trade.ui.core import appearance, browser_components, own_story, page_assets


def show(story: Story, *, movable: bool) -> None:
    """Pictures of all steps with their headlines. A press leads to the step; `movable` ones change places when they are
    dragged, or with Alt and an arrow key."""
    show = slideshow.as_dict(slideshow.of_story(story, "", lang()), "")
    data = {
        "steps": show["steps"],
        "colours": show["colours"],
        "palette": show["palettes"][appearance.mode()],  # type: ignore[index]
        "mode": appearance.mode(),
        "topojson": {"folder": show["topojson"], "world": show["world"]},
        "scripts": page_assets.DRAWING,
        "movable": movable,
        "words": {"hint": say("story.drag") if movable else "", "list": say("present.list")},
    }
    browser_components.draw("storyboard", data, on_moved_change=_moved)


def _moved() -> None:
    """A step was put to another place: its place and the new one, counted from zero."""
    moved: Any = st.session_state["storyboard"]["moved"]
    if not isinstance(moved, list) or len(moved) != 2:
        return

    def edit(steps: list[Step]) -> None:
        start, end = (min(max(int(place), 0), len(steps) - 1) for place in moved)
        steps.insert(end, steps.pop(start))

    own_story.change(edit)

"""The page of stories: which one, its steps, the user's own, and how it is presented, saved and exported."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trade.errors import TradeError
from trade.panels import run_context
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.fields import parse, to_params
from trade.panels.language import lang, say
from trade.panels.registry import find_panel
from trade.stories import handout, step_panels
from trade.stories import story as stories
from trade.stories.story import Step, Story
from trade.text.markdown import plain, prose, quiet
from trade.ui.core import filters, navigation, own_story, view_links
from trade.ui.core.errors import show_errors
from trade.ui.core.text_blocks import paragraphs, small
from trade.ui.stories import storyboard

MINE = view_links.MINE
_LOADED = "story.loaded"
_TEXT = 700
"""Width of a step's text in pixels; the links to its view are beside it, or below if there is no room."""
_NOTES = 160
"""Height of the field for notes, pixels: several paragraphs are seen at once."""
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def chosen() -> Story | None:
    """The story that the user chose, or that a link carries; None if it is the user's own and has no steps yet.

    Raises:
        TradeError: the link's story is not well written.
    """
    link = filters.value("story")
    offered = [*stories.shipped(), *([link] if link.startswith(stories.MARK) else []), MINE]
    code = filters.control("story", options=offered, words=_name, first=MINE if view_links.mine() else offered[0])
    if code == MINE:
        return own_story.current()
    imported = stories.imported_link(code, step_panels.places()) if code.startswith(stories.MARK) else None
    if imported is None:
        return view_links.story(code)
    _report(imported)
    return imported.story


def _name(code: str) -> str:
    """A story's name in the list of stories."""
    if code == MINE:
        return say("story.mine")
    if code.startswith(stories.MARK):
        return say("story.from_link")
    return view_links.story(code).title.text(lang())


def _report(imported: stories.Import) -> None:
    """What an older version's story had that is no longer there."""
    if imported.left_out:
        lines = [f"- {plain(line.text(lang()))}" for line in imported.left_out]
        st.warning("\n".join([plain(say("story.older")), "", *lines]))


def is_mine() -> bool:
    """Whether the story shown is the user's own."""
    return filters.value("story") == MINE or (not filters.value("story") and bool(view_links.mine()))


def copy_story(story: Story) -> None:
    """Make a story the user's own, to be changed."""
    own_story.keep(story)
    filters.choose("story", MINE)


def start(number: int = 1) -> None:
    """Present the story shown from a step on."""
    filters.choose("present", "1")
    filters.choose("step", str(number))


def introduce(story: Story) -> None:
    """Title, what it is about, the ways to present and to change it."""
    st.header(prose(story.title.text(lang())), anchor=False)
    paragraphs(prose(story.about.text(lang())), quiet(prose(say("story.by_keys"))))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("story.present"), key="story_present", on_click=start, disabled=_is_beyond())
        if not is_mine():
            st.button(say("story.copy"), key="story_copy", on_click=copy_story, args=(story,))
    undo()
    storyboard.show(story, movable=is_mine())


def _is_beyond() -> bool:
    """Whether the story shown is too long for an address."""
    return is_mine() and own_story.is_beyond_address()


def undo() -> None:
    """The button that undoes the last change of the user's story."""
    if own_story.can_undo():
        st.button(say("story.undo"), key="story_undo", type="tertiary", on_click=_undo)


def _undo() -> None:
    own_story.undo()
    filters.choose("story", MINE)


def show_steps(story: Story) -> None:
    """The steps in order: to be read, or to be changed if they are the user's own."""
    count = len(story.step)
    for number, step in enumerate(story.step, 1):
        with _box(number), show_errors():
            if is_mine():
                _edit(step, number, count)
                small(_place(step))
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    _ways(step, number)
            else:
                notes = quiet(prose(step_panels.fill(step.notes.text(lang()))))
                paragraphs(f"**{number}. {prose(headline(step))}**", notes, quiet(_place(step)), width=_TEXT)
                _ways(step, number)


def _box(number: int) -> DeltaGenerator:
    """The frame of a step. The parts of the user's own steps are stacked, since they are edited."""
    return st.container(
        key=f"story_step_{number}", border=True, gap="small", horizontal=not is_mine(), vertical_alignment="center"
    )


def _place(step: Step) -> str:
    """Where the view is."""
    title = find_panel(f"{step.page}/{step.chart}").title
    return plain(f"{say(f'pages.{step.page}.nav')} · {title}")


def headline(step: Step) -> str:
    """A step's headline with its numbers; without one of its own that of its chart."""
    own = step.headline.text(lang())
    return step_panels.fill(own, _of_chart(step) if not own or "{chart}" in own else "") or _of_chart(step)


def _of_chart(step: Step) -> str:
    """The headline of a step's chart; a sentence where the chart cannot be drawn."""
    try:
        return _headline_of(step.page, step.chart, step.query)
    except TradeError as error:
        return error.text(lang())


@cached_per_store
def _headline_of(page: str, chart: str, query: str) -> str:
    choices = Choices(parse(step_panels.parameters(query))[0])
    return find_panel(f"{page}/{chart}").content(choices).message.headline


def _ways(step: Step, number: int) -> None:
    """The ways to the view."""
    values = to_params(parse(step_panels.parameters(step.query))[0])
    st.page_link(navigation.page(step.page), label=say("story.open_view"), query_params=values)
    st.button(
        say("story.present_from"), key=f"from_{number}", type="tertiary", on_click=start, args=(number,),
        disabled=_is_beyond(),
    )  # fmt: skip


def _edit(step: Step, number: int, count: int) -> None:
    """Headline, notes and place of one of the user's own steps."""
    for name in ("headline", "notes"):
        st.session_state[f"mine_{name}_{number}"] = getattr(step, name).of(lang())
    shared: dict[str, Any] = {"on_change": _reword}
    st.text_input(
        f"{number}. {say('story.headline_field')}", key=f"mine_headline_{number}", max_chars=400,
        placeholder=_of_chart(step), args=(number, "headline"), **shared,
    )  # fmt: skip
    st.text_area(
        f"{number}. {say('story.notes_field')}", key=f"mine_notes_{number}", max_chars=4000, height=_NOTES,
        args=(number, "notes"), **shared,
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for name, by, off in (("up", -1, number == 1), ("down", 1, number == count), ("remove", 0, False)):
            st.button(say(f"story.{name}"), key=f"{name}_{number}", disabled=off, on_click=_move, args=(number, by))


def _reword(number: int, name: str) -> None:
    """Callback: store the edited text in the language of the page."""
    text = str(st.session_state[f"mine_{name}_{number}"])

    def edit(steps: list[Step]) -> None:
        words = getattr(steps[number - 1], name).with_text(lang(), text)
        steps[number - 1] = steps[number - 1].model_copy(update={name: words})

    own_story.change(edit)


def _move(number: int, by: int) -> None:
    """Put a step one place up or down; by zero, take it out."""

    def edit(steps: list[Step]) -> None:
        step = steps.pop(number - 1)
        if by:
            steps.insert(number - 1 + by, step)

    own_story.change(edit)


def rename(story: Story) -> None:
    """The title of the user's own story."""
    st.session_state["story_title"] = story.title.text(lang())
    st.text_input(say("story.title_field"), key="story_title", max_chars=120, on_change=_renamed)


def _renamed() -> None:
    own_story.rename(str(st.session_state["story_title"]))


def downloads(story: Story) -> None:
    """The handouts, the story's file and its link. A handout is made when it is asked for."""
    st.header(say("story.handout"), anchor=False)
    shipped = filters.value("story") or ("" if is_mine() else stories.shipped()[0])
    code = shipped if shipped in stories.shipped() else stories.packed(story)
    name = "story" if code.startswith(stories.MARK) else code
    with st.container(horizontal=True):
        for form, kind in (("html", "text/html"), ("pptx", _PPTX)):
            st.download_button(
                say(f"story.as_{form}"),
                data=partial(handout.make, story, form, run_context.store(), lang(), base=view_links.server()),
                file_name=f"{name}-{lang()}.{form}",
                mime=kind,
                key=f"story_{form}",
                on_click="ignore",
            )
        st.download_button(
            say("story.as_file"),
            data=partial(stories.written, story),
            file_name=f"{name}.toml",
            mime="application/toml",
            key="story_toml",
            on_click="ignore",
        )
    if _is_beyond():
        st.warning(prose(say("story.too_long")))
        return
    st.markdown(f"**{say('story.link')}**{say('join.colon')}{say('story.link_about')}")
    st.code(view_links.address("stories", {"story": code}), language=None, wrap_lines=True)
    if is_mine():
        small(prose(say("story.in_address")))


def load() -> None:
    """Load a story from the user's file. If it is invalid, show why and keep the current story."""
    given = st.file_uploader(say("story.load"), type=["toml"], key="story_file")
    if given is None:
        return
    read: tuple[str, stories.Import | None] = st.session_state.get(_LOADED, ("", None))
    if read[0] == given.file_id:
        if read[1]:
            _report(read[1])
        return
    with show_errors():
        imported = stories.imported(stories.decoded(given.getvalue(), given.name), given.name, step_panels.places())
        check(imported.story, given.name)
        st.session_state[_LOADED] = (given.file_id, imported)
        copy_story(imported.story)
        st.toast(plain(say("story.loaded", file=given.name, count=len(imported.story.step))))
        st.rerun()


def _clause(error: TradeError, lang: str) -> str:
    """An error as a part of a longer sentence."""
    return error.text(lang).rstrip(".。")


def check(story: Story, file: str) -> None:
    """Whether every number that the story names can be filled in.

    Raises:
        StoryError: with the first that cannot.
    """
    for number, step in enumerate(story.step, 1):
        for text in step.texts():
            try:
                step_panels.fill(text)
            except TradeError as error:
                raise stories.StoryError(file, partial(_clause, error), number) from None

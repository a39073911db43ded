"""The page of stories: which one, its steps, the reader's own, and how it is presented, kept and taken along."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trade.errors import TradeError
from trade.panels import run_context
from trade.panels.fields import FIELDS, parse, to_params
from trade.panels.language import lang, say
from trade.panels.registry import find_panel
from trade.stories import handout, step_links
from trade.stories import story as stories
from trade.stories.story import Step, Story, Words
from trade.text.markdown import plain, prose, quiet
from trade.ui.core import filters, navigation, saved_views
from trade.ui.core.errors import show_errors
from trade.ui.core.language import paragraphs, small

MINE = "mine"
"""What `story` says for the story that the reader is making in this visit."""
_TITLE, _LOADED = "story.title", "story.loaded"
_TEXT = 700
"""Width of a step's text, pixels: what leads to its view stands beside it, or below where there is no room."""
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def chosen() -> Story | None:
    """The story that the reader chose, or that a link carries; None if it is the reader's own and has no views yet.

    Raises:
        TradeError: the link's story is not well written.
    """
    link = filters.value("story")
    offered = [*stories.shipped(), *([link] if link.startswith(stories.MARK) else []), MINE]
    code = filters.control("story", options=offered, words=_name, first=MINE if saved_views.mine() else offered[0])
    return own() if code == MINE else saved_views.story(code)


def _name(code: str) -> str:
    """A story's name in the list of stories."""
    if code == MINE:
        return say("story.mine")
    if code.startswith(stories.MARK):
        return say("story.from_link")
    return saved_views.story(code).title.text(lang())


def is_mine() -> bool:
    """Whether the story shown is the reader's own."""
    return filters.value("story") == MINE or (not filters.value("story") and bool(saved_views.mine()))


def own() -> Story | None:
    """The reader's story so far."""
    return Story(title=_title(), step=tuple(saved_views.mine())) if saved_views.mine() else None


def _title() -> Words:
    """The title of the reader's story."""
    given: Words = st.session_state.get(_TITLE) or Words({})
    return given if given.text(lang()) else Words({lang(): say("story.untitled")})


def take_over(story: Story) -> None:
    """Make a story the reader's own, to be changed."""
    saved_views.keep_mine(list(story.step))
    st.session_state[_TITLE] = story.title
    filters.choose("story", MINE)


def code_of(story: Story) -> str:
    """The story as a link names it: by its name if it is shipped, else whole."""
    named = filters.value("story") or ("" if saved_views.mine() else stories.shipped()[0])
    return named if named in stories.shipped() else stories.packed(story)


def start(story: Story, number: int = 1) -> None:
    """Present the story from a step on."""
    for name, code in (("story", code_of(story)), ("present", "1"), ("step", str(number))):
        filters.choose(name, code)


def introduce(story: Story) -> None:
    """Title, what it is about, the way to the wall."""
    st.header(prose(story.title.text(lang())), anchor=False)
    paragraphs(prose(story.about.text(lang())), quiet(prose(say("story.by_keys"))))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("story.present"), key="story_present", on_click=start, args=(story,))
        if not is_mine():
            st.button(say("story.copy"), key="story_copy", on_click=take_over, args=(story,))


def show_steps(story: Story) -> None:
    """The steps in order: to be read, or to be changed if they are the reader's own."""
    count = len(story.step)
    for number, step in enumerate(story.step, 1):
        with _box(number), show_errors():
            if is_mine():
                _edit(step, number, count)
                small(_place(step))
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    _ways(story, step, number)
            else:
                notes = quiet(prose(step_links.fill(step.notes.text(lang()))))
                paragraphs(f"**{number}. {prose(headline(step))}**", notes, quiet(_place(step)), width=_TEXT)
                _ways(story, step, number)


def _box(number: int) -> DeltaGenerator:
    """The frame of a step: of the reader's own the parts stand below each other, since they are to be changed."""
    return st.container(
        key=f"story_step_{number}", border=True, gap="small", horizontal=not is_mine(), vertical_alignment="center"
    )


def _place(step: Step) -> str:
    """Where the view is."""
    title = find_panel(f"{step.page}/{step.chart}").title
    return plain(f"{say(f'pages.{step.page}.nav')} · {title}")


def headline(step: Step) -> str:
    """A step's headline with its numbers; the chart's own is known when the chart is drawn."""
    return step_links.fill(step.headline.text(lang()), say("story.own_headline")) or say("story.own_headline")


def _ways(story: Story, step: Step, number: int) -> None:
    """The ways to the view."""
    values = to_params(parse(step_links.parameters(step.query))[0])
    st.page_link(navigation.page(step.page), label=say("story.open_view"), query_params=values)
    st.button(say("story.present_from"), key=f"from_{number}", type="tertiary", on_click=start, args=(story, number))


def _edit(step: Step, number: int, count: int) -> None:
    """Headline, notes and place of one of the reader's own steps."""
    for name, field in (("headline", st.text_input), ("notes", st.text_area)):
        key, words = f"mine_{name}_{number}", getattr(step, name)
        st.session_state[key] = words.of(lang())
        field(
            f"{number}. {say(f'story.{name}_field')}",
            key=key,
            placeholder=say("story.headline_hint") if name == "headline" else None,
            max_chars=400 if name == "headline" else 4000,
            on_change=_reword,
            args=(number, name, key),
        )
    with st.container(horizontal=True, gap="small"):
        for name, by, off in (("up", -1, number == 1), ("down", 1, number == count), ("remove", 0, False)):
            st.button(say(f"story.{name}"), key=f"{name}_{number}", disabled=off, on_click=_move, args=(number, by))


def _reword(number: int, name: str, key: str) -> None:
    """Take over what the reader wrote, in the language that is read."""
    held = saved_views.mine()
    words = getattr(held[number - 1], name).with_text(lang(), st.session_state[key])
    held[number - 1] = held[number - 1].model_copy(update={name: words})
    saved_views.keep_mine(held)


def _move(number: int, by: int) -> None:
    """Put a step one place up or down; by nought, take it out."""
    held = saved_views.mine()
    step = held.pop(number - 1)
    if by:
        held.insert(number - 1 + by, step)
    saved_views.keep_mine(held)


def rename() -> None:
    """The title of the reader's own story."""
    st.session_state["story_title"] = _title().text(lang())
    st.text_input(say("story.title_field"), key="story_title", max_chars=120, on_change=_renamed)


def _renamed() -> None:
    st.session_state[_TITLE] = _title().model_copy(update={lang(): st.session_state["story_title"].strip()})


def take_along(story: Story) -> None:
    """The handouts, the story's file and its link. A handout is made when it is asked for."""
    st.header(say("story.handout"), anchor=False)
    code = code_of(story)
    name = "story" if code.startswith(stories.MARK) else code
    with st.container(horizontal=True):
        for form, kind in (("html", "text/html"), ("pptx", _PPTX)):
            st.download_button(
                say(f"story.as_{form}"),
                data=partial(handout.make, story, form, run_context.store(), lang()),
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
    if FIELDS["story"].accepts(code):
        st.markdown(f"**{say('story.link')}.** {say('story.link_about')}")
        st.code(saved_views.address("stories", {"story": code}), language=None, wrap_lines=True)
    else:
        small(prose(say("story.too_long")))
    if is_mine():
        small(prose(say("story.lost_on_reload")))


def load() -> None:
    """A story from the reader's file. One that is wrong is told in a sentence, and nothing that was made is lost."""
    given = st.file_uploader(say("story.load"), type=["toml"], key="story_file")
    if given is None:
        return
    read = st.session_state.get(_LOADED)
    if read == given.file_id:
        return
    with show_errors():
        story = stories.read(stories.decoded(given.getvalue(), given.name), given.name, step_links.places())
        check(story, given.name)
        st.session_state[_LOADED] = given.file_id
        take_over(story)
        st.toast(plain(say("story.loaded", file=given.name, count=len(story.step))))
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
                step_links.fill(text)
            except TradeError as error:
                raise stories.StoryError(file, partial(_clause, error), number) from None

"""Stories: the shipped one, strict reading, links, presenting step by step, the reader's own, embedding."""

from __future__ import annotations

import json
import random
import re
import zlib
from base64 import urlsafe_b64encode
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from tests.support.app import opened
from trade.panels.fields import FIELDS
from trade.panels.registry import find_panel
from trade.paths import STORIES
from trade.store import Store
from trade.stories import step_panels
from trade.stories import story as stories
from trade.stories.story import Step, Story, StoryError, Words

SHIPPED = stories.read_file(STORIES / "2025.toml", step_panels.places())
GOOD = 'title.en = "T"\n[[step]]\npage = "growth"\nquery = "flow=import"\nchart = "levels"\n'


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard before any page."""
    return opened()


def visit(app: AppTest, page: str = "", **link: str) -> AppTest:
    """A link opened: the page of that name, else the one that the link itself leads to."""
    if page:
        app.switch_page(f"pages/{page}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    for name, code in link.items():
        app.query_params[name] = code
    return app.run()


def read(text: str) -> Story:
    return stories.read(text, "x.toml", step_panels.places())


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_shipped_story_has_ten_steps_in_both_languages() -> None:
    assert len(SHIPPED.step) == 10
    for step in SHIPPED.step:
        assert all((step.headline.of("en"), step.headline.of("zh"), step.notes.of("en"), step.notes.of("zh")))
        assert re.search("[一-鿿]", step.headline.of("zh")) or step.headline.of("zh") == step.headline.of("en")


def test_no_figure_of_the_ledger_is_typed_into_the_shipped_story() -> None:
    """Years, the step count, and the statement's own 60% are words; every other number comes from the ledger."""
    for step in SHIPPED.step:
        for text in (step.headline.of("en"), step.headline.of("zh"), step.notes.of("en"), step.notes.of("zh")):
            bare = re.sub(r"\{[^}]*\}|20(16|2\d)|60%|1万亿", "", text)
            assert not re.search(r"\d", bare), text


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (GOOD.replace("growth", "grwoth"), "x.toml, step 1: there is no page 'grwoth'; use growth."),
        (GOOD.replace("levels", "level"), "step 1: the page growth has no chart 'level'; use levels."),
        (GOOD.replace("flow=import", "flow=imports"), "step 1: in query, flow cannot be 'imports'; use import."),
        (GOOD.replace("flow=import", "colour=red"), "step 1: in query, there is no choice 'colour'; use "),
        (GOOD.replace("flow=import", "present=1"), "step 1: in query, there is no choice 'present'; use "),
        (GOOD.replace("chart =", "chrat ="), "step 1: "),
        (GOOD + "titel = 1\n", "step 1: there is no field 'titel'; use "),
        (GOOD.replace('title.en = "T"', 'title.en = "T"\nabuot.en = "x"'), "x.toml: there is no field 'abuot'; use about."),
        (GOOD.replace('title.en = "T"', 'title.de = "T"'), "there is no field 'title.de'; use en."),
        (GOOD.replace('title.en = "T"\n', ""), "x.toml: the field title is missing; write it as title.en ="),
        (GOOD.replace('title.en = "T"', "title = 3"), "x.toml: the field title is not valid (found '3'); write it"),
        (GOOD.replace('"levels"', "3"), "step 1: the field chart is not valid (found '3'); name a chart"),
        ('title.en = "T"\n', "x.toml: the field step is missing; a story has 1 to 40 steps"),
        ('title.en = "T"\nstep = []\n', "x.toml: the field step is not valid; a story has 1 to 40 steps"),
        (GOOD * 2, "x.toml, step 1: there is no field 'title'; use page, query"),
        (GOOD + 'headline.en = "{offical:2025-exports-total}"\n', "'{offical:2025-exports-total}' is not a placeholder; use official."),
        (GOOD + 'headline.en = "{chart:x}"\n', "is not a placeholder"),
        ("\x00", "x.toml: is not valid TOML ("),
    ],
)  # fmt: skip
def test_a_bad_story_says_file_step_mistake_and_what_to_do(broken: str, message: str) -> None:
    with pytest.raises(StoryError) as caught:
        read(broken)
    assert message in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_files_that_are_no_text_or_not_there_are_told(tmp_path: Path) -> None:
    for content, message in ((b"\xff\xfe\x00", "is not UTF-8 text"), (b"x" * 300_000, "is larger than 200 kB")):
        (tmp_path / "bad.toml").write_bytes(content)
        with pytest.raises(StoryError, match=message):
            stories.read_file(tmp_path / "bad.toml", step_panels.places())
    with pytest.raises(StoryError, match="cannot be read"):
        stories.read_file(tmp_path / "none.toml", step_panels.places())


TEXT = some.text(some.characters(exclude_categories=["Cs", "Cc"]) | some.just("\n"), max_size=80)


@given(TEXT, TEXT, TEXT)
def test_a_story_survives_its_file_and_its_link(title: str, headline: str, notes: str) -> None:
    words = [re.sub(r"[{}]", "", text) for text in (title, headline, notes)]
    step = Step(
        page="growth", query="flow=import", chart="levels", headline=Words(en=words[1]), notes=Words(zh=words[2])
    )
    story = Story(title=Words(en=f"T{words[0]}"), step=(step, step))
    assert read(stories.written(story)) == story
    link = stories.packed(story)
    assert FIELDS["story"].accepts(link)
    assert stories.find(link, step_panels.places()) == story


def test_a_damaged_or_swollen_link_is_told_and_not_unpacked() -> None:
    good = stories.packed(SHIPPED)
    bomb = "~" + urlsafe_b64encode(zlib.compress(b"x" * 50_000_000, 9)).decode().rstrip("=")
    for link in (good[:-9], "~AAAA", bomb):
        with pytest.raises(StoryError, match="incomplete or was altered"):
            stories.find(link, step_panels.places())


# --- the way to a presentation ----------------------------------------------------------------------------------------


def led_to(app: AppTest) -> dict[str, str]:
    """The fields of the presentation that the page leads to; none if it leads to none."""
    parts = [one.proto for one in app.get("bidi_component") if one.proto.component_name == "open_presentation"]
    if not parts:
        return {}
    (data,) = parts
    address = urlsplit(json.loads(data.json)["path"])
    return {"page": address.path.strip("/"), **dict(parse_qsl(address.query))}


def test_a_page_is_presented_as_its_charts_in_order_and_its_address_stays(app: AppTest) -> None:
    visit(app, "growth", flow="import")
    assert not led_to(app)
    app.button(key="present_page").click().run()
    assert not app.exception
    charts = ["levels", "vintages", "exchange", "volume", "terms", "contribution"]
    assert led_to(app) == {"page": "growth", "flow": "import", "present": "1", "chart": ",".join(charts)}
    assert dict(app.query_params) == {"flow": "import"}
    app.run()
    assert not led_to(app)


def test_a_story_is_presented_from_the_step_that_was_pressed(app: AppTest) -> None:
    visit(app, "stories", story="2025")
    app.button(key="from_3").click().run()
    assert led_to(app) == {"page": "stories", "story": "2025", "step": "3", "present": "1"}
    assert "present" not in app.query_params


def test_a_link_that_the_dashboard_gets_leads_on_to_the_presentation(app: AppTest) -> None:
    """The first visit builds the store, and then redirects to the presentation that its link names."""
    visit(app, "growth", present="1", chart="vintages", flow="import")
    assert led_to(app) == {"page": "growth", "flow": "import", "present": "1", "chart": "vintages"}


@pytest.mark.parametrize(
    ("link", "message"), [("1999", "There is no story '1999'"), ("~AAAA", "the link is incomplete or was altered")]
)
def test_a_story_that_is_not_there_is_one_sentence(app: AppTest, link: str, message: str) -> None:
    visit(app, "growth", present="1", story=link, step="1")
    assert not app.exception
    assert message in re.sub(r"\\(.)", r"\1", app.error[0].value)


# --- the user's own ---------------------------------------------------------------------------------------------------

TWO = Story(
    title=Words(en="Mine"),
    step=(Step(page="growth", query="flow=import", chart="levels"), Step(page="products", query="", chart="robots")),
)


def own(app: AppTest) -> Story:
    """The user's story as the address of the page carries it."""
    return stories.find(app.query_params["mine"], step_panels.places())


def test_a_reader_makes_orders_words_and_links_a_story(app: AppTest) -> None:
    visit(app, "stories", story="mine", mine=stories.packed(TWO))
    app.button(key="down_1").click().run()
    app.text_input(key="mine_headline_1").set_value("Robots: {statement:2025-industrial-robots-net-exporter}").run()
    app.text_area(key="mine_notes_1").set_value("Say this.\n\nThen that.").run()
    assert not app.exception
    story = own(app)
    assert [step.page for step in story.step] == ["products", "growth"]
    assert story.step[0].headline.of("en").startswith("Robots: ")
    (link,) = [one.value for one in app.code if "/stories?story=~" in one.value]
    again = stories.find(link.partition("story=")[2].replace("%7E", "~"), step_panels.places())
    assert again == story
    app.button(key="remove_2").click().run()
    assert len(own(app).step) == 1
    app.button(key="story_undo").click().run()
    assert own(app) == story
    app.button(key="story_present").click().run()
    presented = led_to(app)
    assert stories.find(presented["story"], step_panels.places()) == story


def test_a_reload_loses_nothing_and_other_pages_carry_the_story_but_their_links_do_not(app: AppTest) -> None:
    code = stories.packed(TWO)
    visit(app, "stories", story="2025", mine=code)
    app.switch_page("pages/growth.py").run()
    assert app.query_params["mine"] == code
    copied = [one.proto for one in app.get("bidi_component") if one.proto.component_name == "copy_link"]
    assert "mine=" not in json.loads(copied[0].json)[0]["text"]
    again = visit(opened(), "stories", **dict(app.query_params) | {"story": "mine"})
    assert next(one.value for one in again.header) == "Mine"
    copied = [one.proto for one in again.get("bidi_component") if one.proto.component_name == "copy_link"]
    assert unquote(json.loads(copied[0].json)[0]["text"]).endswith(f"story={code}")


def test_a_step_has_its_charts_headline_until_it_gets_one(app: AppTest) -> None:
    visit(app, "stories", story="mine", mine=stories.packed(TWO))
    drawn = find_panel("growth/levels").draw(app_store(), {"flow": "import"})
    assert app.text_input(key="mine_headline_1").placeholder == drawn.headline


def test_a_story_too_long_for_an_address_is_not_lost_and_says_so(app: AppTest) -> None:
    visit(app, "stories", story="mine", mine=stories.packed(TWO))
    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=3900))
    for number in (1, 2):
        app.text_area(key=f"mine_notes_{number}").set_value(noise[::number]).run()
    app.text_area(key="mine_notes_2").set_value(noise[::-1]).run()
    assert not app.exception
    assert "too long for a link" in app.warning[0].value
    assert app.text_area(key="mine_notes_2").value == noise[::-1]
    assert app.button(key="story_present").disabled
    app.text_area(key="mine_notes_2").set_value("Short.").run()
    assert not app.warning
    assert own(app).step[1].notes.of("en") == "Short."


def app_store() -> Store:
    from trade.store import open_store

    return open_store()


@pytest.mark.parametrize(
    ("old", "left", "message"),
    [
        ('page = "growth"', 1, "Step 1: the page 'trends'"),
        ('chart = "levels"', 1, "Step 1: the chart 'trends' of the page growth"),
        ('query = "flow=import"', 2, "Step 1: the choice 'trends=1'"),
    ],
)
def test_a_story_of_an_older_version_opens_without_what_is_gone(old: str, left: int, message: str) -> None:
    text = stories.written(TWO).replace(
        old, old.partition(" = ")[0] + (' = "trends=1"' if "query" in old else ' = "trends"')
    )
    imported = stories.imported(text, "x.toml", step_panels.places())
    assert len(imported.story.step) == left
    assert [line.text("en") for line in imported.left_out] == [message]
    by_hand = "\n".join(line for line in text.splitlines() if not line.startswith(stories.MADE_WITH))
    with pytest.raises(StoryError):
        read(by_hand)


def test_a_story_of_which_nothing_is_left_is_told() -> None:
    text = stories.written(stories.changed(TWO, step=TWO.step[:1])).replace('"growth"', '"trends"')
    with pytest.raises(StoryError, match="none of its 1 steps exists"):
        read(text)


def test_adding_a_view_keeps_page_choices_and_chart(app: AppTest) -> None:
    visit(app, "growth", flow="import", open="levels:cite")
    app.button(key="add_levels").click().run()
    (step,) = own(app).step
    assert (step.page, step.chart) == ("growth", "levels")
    assert {"flow=import", "period=2025"} <= set(step.query.split("&"))
    visit(app, "growth", flow="import", open="levels:embed")
    snippet = next(one.value for one in app.code if one.value.startswith("<iframe"))
    assert "embed=true&amp;flow=import" in snippet
    assert "chart=levels" in snippet


def test_a_bad_story_file_is_told_and_what_was_made_stays(app: AppTest) -> None:
    one = stories.changed(TWO, step=TWO.step[:1])
    visit(app, "stories", story="mine", mine=stories.packed(one))
    app.get("file_uploader")[0].upload("bad.toml", GOOD.replace("levels", "level").encode()).run()
    assert "bad.toml, step 1: the page growth has no chart 'level'; use levels." in app.error[0].value.replace("\\", "")
    worse = GOOD + 'headline.en = "{official:2025-export-total}"\n'
    app.get("file_uploader")[0].upload("worse.toml", worse.encode()).run()
    message = app.error[0].value.replace("\\", "")
    assert "worse.toml, step 1: There is no statement '2025-export-total': use 2025-exports-total" in message
    assert own(app) == one
    app.get("file_uploader")[0].upload("good.toml", (GOOD + GOOD[14:]).encode()).run()
    assert not app.error
    assert len(own(app).step) == 2

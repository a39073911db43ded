"""Stories: the shipped one, strict reading, links, presenting step by step, the reader's own, embedding."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from tests.support.app import opened
from trade.measures.claims import official_statements
from trade.panels.fields import FIELDS
from trade.panels.registry import find_panel
from trade.paths import STORIES
from trade.store import Store
from trade.stories import step_links
from trade.stories import story as stories
from trade.stories.story import Step, Story, StoryError, Words
from trade.text.markdown import unmarked

SHIPPED = stories.read_file(STORIES / "2025.toml", step_links.places())
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


@dataclass(frozen=True)
class Shown:
    """What is presented: the headline, and the keys and alternative texts of its charts."""

    headline: str
    charts: dict[str, str]


def presented(app: AppTest) -> Shown:
    assert not app.exception, [one.message for one in app.exception]
    assert not app.error, [one.value for one in app.error]
    charts = {re.search(r"figure_(\w+)_light", one.proto.id)[1]: one.proto.alt for one in app.get("plotly_chart")}
    return Shown(unmarked(app.title[-1].value), charts)


def read(text: str) -> Story:
    return stories.read(text, "x.toml", step_links.places())


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
    ("broken", "said"),
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
        (GOOD.replace('title.en = "T"', "title = 3"), "x.toml: the field title is not well written (found '3'); write it"),
        (GOOD.replace('"levels"', "3"), "step 1: the field chart is not well written (found '3'); name a chart"),
        ('title.en = "T"\n', "x.toml: the field step is missing; a story has 1 to 40 steps"),
        ('title.en = "T"\nstep = []\n', "x.toml: the field step is not well written; a story has 1 to 40 steps"),
        (GOOD * 2, "x.toml, step 1: there is no field 'title'; use page, query"),
        (GOOD + 'headline.en = "{offical:2025-exports-total}"\n', "'{offical:2025-exports-total}' is no placeholder; use official."),
        (GOOD + 'headline.en = "{chart:x}"\n', "is no placeholder"),
        ("\x00", "x.toml: is not TOML ("),
    ],
)  # fmt: skip
def test_a_bad_story_says_file_step_mistake_and_what_to_do(broken: str, said: str) -> None:
    with pytest.raises(StoryError) as caught:
        read(broken)
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_files_that_are_no_text_or_not_there_are_told(tmp_path: Path) -> None:
    for made, said in ((b"\xff\xfe\x00", "is not a text in UTF-8"), (b"x" * 300_000, "is larger than 200 kB")):
        (tmp_path / "bad.toml").write_bytes(made)
        with pytest.raises(StoryError, match=said):
            stories.read_file(tmp_path / "bad.toml", step_links.places())
    with pytest.raises(StoryError, match="cannot be read"):
        stories.read_file(tmp_path / "none.toml", step_links.places())


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
    assert stories.find(link, step_links.places()) == story


def test_a_damaged_or_swollen_link_is_told_and_not_unpacked() -> None:
    good = stories.packed(SHIPPED)
    bomb = "~" + urlsafe_b64encode(zlib.compress(b"x" * 50_000_000, 9)).decode().rstrip("=")
    for link in (good[:-9], "~AAAA", bomb):
        with pytest.raises(StoryError, match="cut or changed"):
            stories.find(link, step_links.places())


# --- on the wall ------------------------------------------------------------------------------------------------------


def test_each_step_of_the_shipped_story_stands_on_the_wall_with_the_ledgers_numbers(app: AppTest) -> None:
    told = official_statements.claims(app_store()).set_index("claim_id")
    for number, step in enumerate(SHIPPED.step, 1):
        shown = presented(visit(app, present="1", story="2025", step=str(number)))
        assert list(shown.charts) == [step.chart] == [app.query_params["chart"]]
        drawn = find_panel(f"{step.page}/{step.chart}").draw(app_store(), step_links.choices_of(step))
        assert shown.charts[step.chart] == drawn.takeaway
        assert shown.headline == step_links.fill(step.headline.of("en"), drawn.headline)
        assert "{" not in shown.headline
    first = presented(visit(app, present="1", story="2025", step="1")).headline
    assert f"{told.loc['2025-goods-trade-total', 'reproduced_value']:.2f} trillion yuan" in first
    last = presented(visit(app, present="1", story="2025", step="10")).headline
    assert last == told.loc["2026-03-01-foreign-trade-law-in-force", "statement"].rstrip(".")


def app_store() -> Store:
    from trade.store import open_store

    return open_store()


def test_the_wall_goes_on_back_and_is_left(app: AppTest) -> None:
    visit(app, present="1", story="2025", step="2")
    app.button(key="stage_next").click().run()
    assert list(presented(app).charts) == ["vintages"]
    assert app.query_params["step"] == "3"
    app.session_state["scope.former"] = {"present": "1", "story": "2025", "step": "2"}
    app.button(key="stage_next").click()
    assert presented(visit(app, **app.session_state["scope.former"])).charts, (
        "pressed in a hurry, before the address followed"
    )
    assert app.query_params["step"] == "4"
    for _ in range(2):
        app.button(key="stage_previous").click().run()
    app.button(key="stage_notes").click().run()
    notes = step_links.fill(SHIPPED.step[1].notes.of("en"))
    assert any(notes[:20] in unmarked(one.value) for one in app.markdown)
    app.button(key="stage_leave").click().run()
    assert not app.exception
    assert set(app.query_params) <= {"period", "lang", "chart"}, "the page opens at the chart that was on the wall"
    assert len(app.get("plotly_chart")) > 1


def test_only_the_chart_asked_for_is_made(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    from trade.charts import time_series

    def unwanted(*_: object, **__: object) -> None:
        raise AssertionError("a chart that was not asked for")

    monkeypatch.setattr(time_series, "amount_and_growth", unwanted)
    shown = presented(visit(app, "growth", present="1", chart="vintages"))
    assert shown.headline.startswith("Officially ")
    assert len(app.get("plotly_chart")) == 1


def test_a_chart_that_the_page_does_not_draw_is_told(app: AppTest) -> None:
    visit(app, "growth", present="1", chart="nothing")
    assert presented(app).headline == (
        "The page growth draws no chart “nothing” with these choices. Leave the presentation and choose others."
    )


@pytest.mark.parametrize(
    ("link", "lang", "said"),
    [
        ("1999", "en", "There is no story '1999': use 2025"),
        ("1999", "zh", "没有故事'1999'：可用2025"),
        ("~AAAA", "en", "this link's story: the link was cut or changed on its way"),
        ("~AAAA", "zh", "此链接中的故事：链接在传递中被截断或更改"),
    ],
)
def test_a_story_that_is_not_there_is_one_sentence(app: AppTest, link: str, lang: str, said: str) -> None:
    visit(app, "growth", present="1", story=link, step="1", lang=lang)
    assert not app.exception
    assert said in re.sub(r"\\(.)", r"\1", app.error[0].value)


# --- the reader's own -------------------------------------------------------------------------------------------------


def test_a_reader_makes_orders_words_and_links_a_story(app: AppTest) -> None:
    mine = [Step(page="growth", query="flow=import", chart="levels"), Step(page="products", query="", chart="robots")]
    app.session_state["story.mine"] = mine
    visit(app, "stories", story="mine")
    app.button(key="down_1").click().run()
    app.text_input(key="mine_headline_1").set_value("Robots: {statement:2025-industrial-robots-net-exporter}").run()
    app.text_area(key="mine_notes_1").set_value("Say this.").run()
    assert not app.exception
    held = app.session_state["story.mine"]
    assert [step.page for step in held] == ["products", "growth"]
    assert held[0].headline.of("en").startswith("Robots: ")
    (link,) = [one.value for one in app.code if "/stories?story=~" in one.value]
    again = stories.find(link.partition("story=")[2].replace("%7E", "~"), step_links.places())
    assert again.step == tuple(held)
    app.button(key="remove_2").click().run()
    app.button(key="story_present").click().run()
    shown = presented(app)
    assert shown.headline.startswith("Robots: China exported more industrial robots")
    app.button(key="stage_notes").click().run()
    assert "Say this." in [one.value for one in app.markdown]


def test_adding_a_view_keeps_page_choices_and_chart(app: AppTest) -> None:
    visit(app, "growth", flow="import", open="levels:cite")
    app.button(key="add_levels").click().run()
    (step,) = app.session_state["story.mine"]
    assert (step.page, step.chart) == ("growth", "levels")
    assert {"flow=import", "period=2025"} <= set(step.query.split("&"))
    visit(app, "growth", flow="import", open="levels:embed")
    snippet = next(one.value for one in app.code if one.value.startswith("<iframe"))
    assert "embed=true&amp;flow=import" in snippet
    assert "chart=levels" in snippet


def test_a_bad_story_file_is_told_and_what_was_made_stays(app: AppTest) -> None:
    app.session_state["story.mine"] = [Step(page="growth", chart="levels")]
    visit(app, "stories", story="mine")
    app.get("file_uploader")[0].upload("bad.toml", GOOD.replace("levels", "level").encode()).run()
    assert "bad.toml, step 1: the page growth has no chart 'level'; use levels." in app.error[0].value.replace("\\", "")
    worse = GOOD + 'headline.en = "{official:2025-export-total}"\n'
    app.get("file_uploader")[0].upload("worse.toml", worse.encode()).run()
    told = app.error[0].value.replace("\\", "")
    assert "worse.toml, step 1: There is no statement '2025-export-total': use 2025-exports-total" in told
    assert len(app.session_state["story.mine"]) == 1
    app.get("file_uploader")[0].upload("good.toml", (GOOD + GOOD[14:]).encode()).run()
    assert not app.error
    assert len(app.session_state["story.mine"]) == 2

"""The two languages as a browser has them: the first visit, the switch, the menu, and what the page declares."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.conftest import STILL, Visit
from trade.text import formats


def test_a_chinese_browser_is_met_in_chinese_and_keeps_its_choice(warm: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", reduced_motion=STILL)
    one = Visit(context.new_page(), warm)
    one.open("/")
    assert one.page.inner_text("h1") == formats.say("pages.overview.title", "zh")
    one.page.wait_for_url("**lang=zh*")
    one.page.wait_for_function("() => document.documentElement.lang === 'zh-CN'")
    places = (
        "['search_box', 'language'].map(key => document.querySelector(`.st-key-${key}`).getBoundingClientRect().top)"
    )
    search, switch = one.page.evaluate(places)
    assert abs(search - switch) < 20, "the switch stands beside the search box, whatever the language is called"
    one.page.get_by_role("button", name="English", exact=True).click()
    one.page.get_by_role("heading", name=formats.say("pages.overview.title", "en")).wait_for()
    one.page.wait_for_url("**lang=en*")
    one.page.wait_for_function("() => document.documentElement.lang === 'en'")
    one.page.reload()
    one.settle()
    assert one.page.inner_text("h1") == formats.say("pages.overview.title", "en"), "the choice wins over the browser"
    one.open("/sources?source=wits")
    assert one.page.inner_text("h1") == formats.say("pages.sources.title", "en"), "a link shows everybody the same"
    context.close()


def test_the_menu_and_links_keep_the_language(elsewhere: Visit) -> None:
    one = elsewhere.open("/factcheck?lang=zh&claim=2025-exports-total")
    one.page.get_by_role("link", name=formats.say("pages.growth.nav", "zh"), exact=True).click()
    one.page.get_by_role("heading", name=formats.say("pages.growth.title", "zh"), exact=True, level=1).wait_for()
    one.page.wait_for_url("**/growth?*lang=zh*")
    one.open("/stories?lang=zh")
    one.page.locator("[data-testid=stFileUploader] button", has_text="上传").wait_for()

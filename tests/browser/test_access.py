"""Access for all: the keyboard through every control, a visible focus, 200% zoom. Axe runs where pages are drawn."""

from __future__ import annotations

from tests.browser.conftest import Visit, wide
from tests.support.chromium import rgb
from trade.charts import theme

FOCUSED = """accent => {
  const one = document.activeElement, look = getComputedStyle(one), around = getComputedStyle(one.parentElement);
  const shown = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  const group = one.closest('[role=group]');
  const edged = group && getComputedStyle(group).borderTopColor === accent;
  const ring = edged || [look, around, ...[...one.querySelectorAll('*')].map(part => getComputedStyle(part))].some(shown);
  const parent = one.closest('[class*=st-key-scope_]');
  const key = parent ? [...parent.classList].find(name => name.startsWith('st-key-scope_')) : '';
  return {tag: one.tagName, key, ring, text: one.textContent.slice(0, 40)};
}"""


def test_the_keyboard_reaches_every_control_and_the_focus_is_seen(tab: Visit) -> None:
    one = tab.go("/growth").plots()
    controls = {"st-key-scope_flow", "st-key-scope_currency", "st-key-scope_freq", "st-key-scope_period",
              "st-key-scope_look", "st-key-scope_by", "st-key-scope_continent"}  # fmt: skip
    reached: set[str] = set()
    texts: set[str] = set()
    unseen = []
    for _ in range(120):
        one.page.keyboard.press("Tab")
        at = one.page.evaluate(FOCUSED, rgb(theme.LIGHT.accent))
        if at["tag"] == "BODY":
            break
        reached.add(at["key"])
        texts.add(at["text"].strip())
        if at["key"] and not at["ring"]:
            unseen.append(at)
    assert controls <= reached
    assert any(text.startswith("More filters") for text in texts), "what opens the years shown"
    assert not unseen


def test_chosen_options_are_seen_in_forced_colours(tab: Visit) -> None:
    tab.page.emulate_media(forced_colors="active")
    one = tab.go("/growth").plots()
    for role, chosen, other in (
        (".st-key-scope_flow", "[aria-checked=true]", "[aria-checked=false]"),
        ("[class*=st-key-actions_] [role=group]", "[aria-pressed=true]", "[aria-pressed=false]"),
    ):
        looks = [
            one.page.locator(f"{role} {state}").first.evaluate("part => getComputedStyle(part).backgroundColor")
            for state in (chosen, other)
        ]
        assert looks[0] != looks[1], role


def test_a_choice_can_be_made_with_the_keyboard_alone(tab: Visit) -> None:
    one = tab.go("/growth").plots()
    one.page.locator(".st-key-scope_flow button, .st-key-scope_flow [role=radio]").first.focus()
    one.page.keyboard.press("ArrowRight")
    one.page.keyboard.press("Space")
    one.page.wait_for_url("**flow=import*", timeout=60_000)


@wide(720)
def test_at_twice_the_size_nothing_is_cut(tab: Visit) -> None:
    """200% of 1440 pixels are 720 to lay out."""
    for path in ("/", "/destinations", "/factcheck"):
        one = tab.go(path)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= 720

"""Messages: templates contain plural forms and choices, and every number keeps the link to its query."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade.text import catalog, message
from trade.text.figures import Figures
from trade.text.message import Link, Text, fill, linked, names

MONTHS = "{n, plural, one {{n} month} other {{n} months}}"
SIDES = "{side, select, more {{who} sold {amount} more} other {{who} sold {amount} less}} in {period}"
RUSSIAN = "{n, plural, one {{n} месяц} few {{n} месяца} many {{n} месяцев} other {{n} месяца}}"


def amount(words: str, value: float, column: str = "value") -> Text:
    return linked(words, value, "growth", {"flow": "export"}, column)


@pytest.mark.parametrize(
    ("template", "locale", "values", "words"),
    [
        ("{who} sold {amount}", "en_GB", {"who": "China", "amount": "$1"}, "China sold $1"),
        (MONTHS, "en_GB", {"n": 1}, "1 month"),
        (MONTHS, "en_GB", {"n": Text("1,204", 1204)}, "1,204 months"),
        (MONTHS, "en_GB", {"n": "3"}, "3 months"),
        (RUSSIAN, "ru", {"n": 21}, "21 месяц"),
        (RUSSIAN, "ru", {"n": 3}, "3 месяца"),
        (RUSSIAN, "ru", {"n": 12}, "12 месяцев"),
        (
            SIDES,
            "en_GB",
            {"side": "more", "who": "China", "amount": "5", "period": "2025"},
            "China sold 5 more in 2025",
        ),
        (SIDES, "en_GB", {"side": Text("fewer", "less"), "who": "A", "amount": 5, "period": 1}, "A sold 5 less in 1"),
        ("At most {most, number}", "en_GB", {"most": 1234567}, "At most 1,234,567"),
        ("China's {flow}", "en_GB", {"flow": "exports"}, "China's exports"),
        ("{a}{a}", "en_GB", {"a": "{b}", "b": "never read"}, "{b}{b}"),
    ],
)
def test_words(template: str, locale: str, values: dict[str, object], words: str) -> None:
    assert fill(template, locale, values) == words


def test_each_number_keeps_its_query_wherever_it_comes_to_stand() -> None:
    inner = fill("rose by {rate}", "en_GB", {"rate": amount("6.1%", 6.1, "growth_pct")})
    text = fill("{value} and {value}: it {change}", "en_GB", {"value": amount("$9", 9e9), "change": inner})
    assert text == "$9 and $9: it rose by 6.1%"
    places = [(text[link.start : link.end], link.column) for link in text.links]
    assert places == [("$9", "value"), ("$9", "value"), ("6.1%", "growth_pct")]
    assert text.links[0] == Link(0, 2, "growth", {"flow": "export"}, "value")


def test_a_number_that_a_choice_leaves_out_leaves_no_link() -> None:
    text = fill("{x, select, a {{n} of it} other {none}}", "en_GB", {"x": "b", "n": amount("5", 5)})
    assert (text, text.links) == ("none", ())


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(alphabet="ab{}' 1%", max_size=4), st.booleans()), max_size=8))
def test_joined_texts_keep_their_links(parts: list[tuple[str, bool]]) -> None:
    texts = [amount(words, 1.0) if number else Text(words) for words, number in parts]
    whole = message.joined(texts, ", ")
    assert [whole[link.start : link.end] for link in whole.links] == [words for words, number in parts if number]


@pytest.mark.parametrize(
    ("template", "asks"),
    [
        ("no field", set()),
        ("{a} and { b }", {"a", "b"}),
        (MONTHS, {"n"}),
        (SIDES, {"side", "who", "amount", "period"}),
        ("{n, plural, one {month} other {{m}}} {most, number,#,##0}", {"n", "m", "most"}),
    ],
)
def test_names_are_the_values_and_not_the_cases(template: str, asks: set[str]) -> None:
    assert names(template) == asks


def test_syntax_is_all_but_the_words() -> None:
    words, at = "", 0
    for start, end in message.syntax(SIDES):
        words += SIDES[at:start]
        at = end
    assert words + SIDES[at:] == " sold  more sold  less in "


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(KeyError, match="who"):
        fill("{who} sold", "en_GB", {})
    with pytest.raises(TypeError, match="n is no number"):
        fill(MONTHS, "en_GB", {"n": "three"})
    with pytest.raises(ValueError, match="No ICU message"):
        fill("{n, plural, one {month}", "en_GB", {"n": 1})


def templates(lang: str) -> Iterator[tuple[str, str]]:
    """Every message of a language with its place."""
    for path in sorted((catalog.LOCALES / lang).glob("*.toml")):
        if path.stem not in (catalog.MEASURES, catalog.FACTS):
            yield from _within(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))


def _within(place: str, tree: object) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name != "article":  # patterns of names
                yield from _within(f"{place}.{name}", value)
    elif isinstance(tree, str):
        yield place, tree


@pytest.mark.parametrize("lang", catalog.LANGUAGES)
def test_every_template_of_a_language_can_be_filled(lang: str) -> None:
    """It can be filled whatever number or code its choices get, and no apostrophe hides a field from ICU."""
    locale = catalog.words(lang)["language.babel"]
    for place, template in templates(lang):
        for number in (0, 1, 2.5):
            words = fill(template, locale, {name: Text("Ж", number) for name in names(template)})
            assert "{" not in words, place
            assert "}" not in words, place


ROW = {"value": -2.5e12, "gap_pct": -0.64, "value_usd": 3e9, "n": 1204.0, "none": None, "period": "2025-12"}


class TestFigures:
    figures = Figures("growth", {"currency": "CNY"}, ROW)

    def test_written(self) -> None:
        figures = self.figures
        assert figures.percent("gap_pct") == "−0.6%"
        assert figures.size("gap_pct", 2) == "0.64%"
        assert figures.amount_size("value") == "2.50 trillion yuan"
        assert figures.amount("value_usd") == "$3.00 billion"
        assert figures.count("n") == "1,204"
        assert figures.points("gap_pct") == "−0.6 pp"

    def test_a_size_stands_for_the_signed_number(self) -> None:
        assert self.figures.size("gap_pct").value == -0.64

    def test_a_period_stands_for_its_code(self) -> None:
        assert self.figures.period() == "December 2025"
        assert self.figures.period().value == "2025-12"

    def test_each_is_tied_to_its_column(self) -> None:
        assert self.figures.amount("value_usd").links == (Link(0, 13, "growth", {"currency": "CNY"}, "value_usd"),)

    def test_what_is_missing_leads_nowhere(self) -> None:
        assert self.figures.amount("none") == "not available"
        assert self.figures.amount("none").links == ()

"""The order of search results, on a handful of entries."""

from __future__ import annotations

import pytest

from trade.search.entries import Entry
from trade.search.index import NEAREST, Index

ENTRIES = [
    Entry("economy", "NLD", "Netherlands", "partner", {"partner": "NLD"}, ("NLD", "Holland", "荷兰"), weight=9.0),
    Entry("economy", "BES", "Caribbean Netherlands", "partner", {"partner": "BES"}, weight=1.0),
    Entry("economy", "VNM", "Vietnam", "partner", {"partner": "VNM"}, ("Viet Nam", "越南"), weight=5.0),
    Entry("economy", "CIV", "Côte d'Ivoire", "partner", {"partner": "CIV"}, ("Ivory Coast",)),
    Entry("economy", "IND", "India", "partner", {}, weight=5.0),
    Entry("economy", "IDN", "Indonesia", "partner", {}, weight=6.0),
    Entry("page", "growth", "Growth", "growth", {}, ("growth",), "How fast does trade grow?"),
    Entry("measure", "growth", "Year-on-year growth", "explore", {"measure": "growth"}, ("growth",)),
    Entry("good", "8507", "Batteries (HS 8507)", "products", {}, ("8507",), "lithium-ion accumulators"),
]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("holland", ["NLD"]),  # another name, whatever its case
        ("netherlands", ["NLD", "BES"]),  # the exact title before one that has the word
        ("ind", ["IDN", "IND"]),  # two beginnings: the larger first
        ("ivory", ["CIV"]),
        ("cote divoire", ["CIV"]),  # without accents and marks
        ("vietnam", ["VNM"]),
        ("viet nam", ["VNM"]),  # spaces do not count
        ("荷兰", ["NLD"]),
        ("荷蘭", ["NLD"]),  # traditional characters
        ("growth", ["growth", "growth"]),
        ("lithium", ["8507"]),  # further text
        ("vietnma", ["VNM"]),  # nothing has the word: the nearest
        ("Hollnd", ["NLD"]),
        ("zzqq", []),
        ("zq", []),
        ("!?", []),
    ],
)
def test_order(question: str, ids: list[str]) -> None:
    assert [entry.id for entry in Index(ENTRIES).find(question, 9)] == ids


def test_a_page_comes_before_a_measure_of_the_same_name_and_the_answer_is_cut() -> None:
    index = Index(ENTRIES)
    assert [entry.kind for entry in index.find("growth", 9)] == ["page", "measure"]
    assert [entry.kind for entry in index.find("growth", 1)] == ["page"]
    assert len(Index(ENTRIES * 9).find("vietnma", 50)) == NEAREST


def test_a_link_holds_the_choices_as_codes() -> None:
    assert ENTRIES[0].link == "/partner?partner=NLD"
    assert ENTRIES[6].link == "/growth"
    assert set(ENTRIES[0].as_dict("zh")) == {"kind", "id", "title", "kind_name", "link"}

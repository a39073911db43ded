"""Search results for what people type, on the store of the bundled facts."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from trade.errors import BadParameter
from trade.panels.fields import parse
from trade.panels.registry import panels
from trade.search import search
from trade.search.entries import KINDS, all_entries, page_names
from trade.store import Store


@pytest.mark.parametrize(
    ("words", "lang", "link"),
    [
        ("UK", "en", "/partner?partner=GBR"),
        ("Holland", "en", "/partner?partner=NLD"),
        ("Turkey", "en", "/partner?partner=TUR"),
        ("Burma", "en", "/partner?partner=MMR"),
        ("UAE", "en", "/partner?partner=ARE"),
        ("Ivory Coast", "en", "/partner?partner=CIV"),
        ("America", "en", "/partner?partner=USA"),
        ("Swaziland", "en", "/partner?partner=SWZ"),
        ("England", "en", "/partner?partner=GBR"),
        ("Deutschland", "en", "/partner?partner=DEU"),
        ("viet", "en", "/partner?partner=VNM"),
        ("美国", "en", "/partner?partner=USA"),
        ("英国", "zh", "/partner?partner=GBR"),
        ("象牙海岸", "zh", "/partner?partner=CIV"),
        ("Germany", "zh", "/partner?partner=DEU"),
        ("ASEAN", "en", "/partner?partner=asean"),
        ("东盟", "zh", "/partner?partner=asean"),
        ("EU", "en", "/partner?partner=eu"),
        ("Africa", "en", "/partner?partner=africa"),
        ("Belt and Road", "en", "/partner?partner=belt-and-road"),
        ("Growth", "en", "/growth"),
        ("fact check", "en", "/factcheck"),
        ("HHI", "en", "/explore?measure=hhi"),
        ("concentration over time", "en", "/diversification?chart=gauge"),
        ("robots", "en", "/products?goods=headline&good=robots"),
        ("crude oil", "en", "/products?product=crude-oil&flow=import&list=main"),
        ("8507", "en", "/products?goods=hs&level=heading&code=8507"),
    ],
)
def test_the_best_match(real: Store, words: str, lang: str, link: str) -> None:
    assert search(real, words, lang)[0].link == link


def test_every_kind_is_found_and_every_link_is_understood(real: Store) -> None:
    entries = list(all_entries(real, "en"))
    assert {entry.kind for entry in entries} == set(KINDS)
    assert {entry.page for entry in entries} <= set(page_names())
    for entry in entries:
        values, problems = parse(parse_qs(entry.link.partition("?")[2], keep_blank_values=True))
        assert not problems, entry.link
        assert {**values, **entry.choices} == dict(entry.choices)
    assert {entry.id for entry in entries if entry.kind == "chart"} == set(panels())


def test_no_words_are_an_error(real: Store) -> None:
    with pytest.raises(BadParameter, match="word"):
        search(real, "  ")

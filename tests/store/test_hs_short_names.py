"""Chapters and sections of the Harmonized System have short names of ours, in both languages and never cut."""

from __future__ import annotations

import csv

import pytest

from trade import paths
from trade.charts.hs_products import broken
from trade.charts.label_context import Context
from trade.measures.entity_names import short_name
from trade.panels.registry import find_panel
from trade.store import Store

LETTERS = {"en": 40, "zh": 14}


def table(name: str) -> list[dict[str, str]]:
    with (paths.DATA / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("lang", LETTERS)
def test_every_chapter_and_section_has_a_short_name_of_its_own(lang: str) -> None:
    short = {row["code"]: row[f"name_{lang}"] for row in table("hs_short_names.csv")}
    chapters = {row["chapter"] for row in table("hs_chapters.csv")}
    sections = {row["section"] for row in table("hs_chapters.csv")}
    assert chapters >= {f"{number:02}" for number in range(1, 98) if number != 77}
    assert len(sections) == 22, "the 21 of the system, and the United Nations' for goods that are not classified"
    assert set(short) == chapters | sections
    for level in (chapters, sections):
        assert len({short[code] for code in level}) == len(level)
    for code, name in short.items():
        assert 0 < len(name) <= LETTERS[lang], name
        assert "…" not in broken(f"{code} {name}", Context(lang=lang)), "a label shows it whole"


def test_a_short_name_is_found_by_code_and_title(real: Store) -> None:
    title = "Nuclear reactors, boilers, machinery and mechanical appliances; parts thereof"
    assert short_name(real, "84", title, "en") == "Machinery"
    assert short_name(real, "84", "核反应堆、锅炉、机器、机械器具及其零件", "zh") == "机械设备"
    assert short_name(real, "84", "Electronics", "en") == "Electronics", "the code of something else"
    both = "Miscellaneous manufactured articles"
    assert {short_name(real, code, both, "en") for code in ("96", "XX")} == {
        "Other manufactures",
        "Furniture, toys and the like",
    }


@pytest.mark.parametrize(
    ("lang", "phrase", "label", "title"),
    [
        ("en", "84 Machinery 17.2%", "84 Machinery", "Nuclear reactors, boilers, machinery"),
        ("zh", "84 机械设备17.2%", "84 机械设备", "核反应堆、锅炉"),
    ],
)
def test_headline_and_label_have_the_short_name_and_hover_and_table_the_title(
    real: Store, lang: str, phrase: str, label: str, title: str
) -> None:
    drawn = find_panel("products/hs_ranking").draw(real, {}, lang)
    assert phrase in drawn.headline
    assert drawn.plots[0].categories[1] == label
    assert title in drawn.figure.data[0].hovertext[1]
    assert drawn.result.frame[f"name_{lang}"].iloc[1].startswith(title)


def test_goods_without_a_chinese_title_are_called_by_their_code_and_chapter(real: Store) -> None:
    drawn = find_panel("partner/goods").draw(real, {"partner": "USA", "level": "subheading"}, "zh")
    assert "HS 847130（机械设备）" in drawn.plots[0].categories
    assert "851713 智能手机" in drawn.plots[0].categories, "but for headline goods, which have a short name"
    assert "HS 847130<br>（机械设备）" in drawn.figure.layout.yaxis.ticktext
    known = real.query(
        "SELECT count(*) AS n FROM hs_code JOIN fact.hs_short_name AS chapter ON chapter.code = left(hs_code.code, 2) "
        "WHERE regexp_full_match(hs_code.code, '[0-9]{4,6}') AND hs_code.name_zh IS NULL"
    )
    assert known["n"].iloc[0] == 0

"""Chinese as an editor would write it: marks, words and the glossary (docs/terms_zh.md) over every text of the folder."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest

from tests.support.chinese import HAN, marks
from trade.paths import DATA, PROJECT
from trade.text import catalog, formats, message
from trade.text.catalog import FACTS, LOCALES, MEANINGS, MEASURES, PHRASES, SENTENCES, table

AREAS = sorted(path.stem for path in (LOCALES / "zh").glob("*.toml") if path.stem not in (PHRASES, "locale"))
_FIELD = re.compile(r"\{\w+\}")
_SYNTAX = re.compile(r"\{\w+, (?:plural|select),|(?:=?\w+) \{|\}")
FORMS = re.compile(r"\.form$|\bhint$|form_|^live\.|by_keys|\.unknown_value$|^error\.")
"""Keys of texts that show what a user types: codes and years as they are written in links and commands."""


def texts(area: str) -> Iterator[tuple[str, str]]:
    """Every Chinese text of a file with its key, without placeholders and the syntax of messages."""
    for key, text in _flat(table(area, "zh"), ""):
        yield key, _SYNTAX.sub("\u2003", _FIELD.sub("\u2003", text))


def _flat(tree: dict, path: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        elif isinstance(value, str):
            yield path + key, value


@pytest.mark.parametrize("area", AREAS)
def test_no_editor_would_mark_it(area: str) -> None:
    wrong = {}
    for key, text in texts(area):
        typed = area in (MEASURES, MEANINGS) or FORMS.search(key)
        found = [mark for mark in marks(text) if not mark.startswith(("place", "foreign"))]
        found = [mark for mark in found if not (typed and mark.startswith(("date", "year", "space")))]
        if found:
            wrong[key] = found
    assert not wrong


def test_the_rules_find_what_they_look_for() -> None:
    assert {mark.partition(":")[0] for mark in marks("数据来源:海关")} == {"half-width mark"}
    assert {mark.partition(":")[0] for mark in marks("海关 (GACC)")} == {"half-width mark"}
    assert {mark.partition(":")[0] for mark in marks("2025年与中国有贸易的国家和地区国家和地区有249个")} == {
        "doubled word"
    }
    assert {mark.partition(":")[0] for mark in marks("从2010到2023，")} == {"year without 年"}
    assert {mark.partition(":")[0] for mark in marks("2023：中国是44个")} == {"year without 年"}
    assert {mark.partition(":")[0] for mark in marks("零关税至2028-04-30")} == {"date in figures"}
    assert {mark.partition(":")[0] for mark in marks("拉动出口增长+2.4个百分点")} == {"sign after a verb"}
    assert {mark.partition(":")[0] for mark in marks("美国加征关税（published）")} == {"foreign word"}
    assert not list(marks("2025年出口26.99万亿元，同比增长6.1%（按修订基数）；2021–2025年年均监管货物42.3万亿元。"))


def glossary() -> list[tuple[str, str]]:
    """Words that the glossary rules out, with the words to use instead."""
    lines = (PROJECT / "docs" / "terms_zh.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [
        (wrong.strip(), row[1]) for row in rows[2:] if len(row) == 3 for wrong in row[2].split("，") if wrong.strip()
    ]


def test_the_glossary_is_followed() -> None:
    assert len(glossary()) > 15
    wrong = {
        f"{area} {key}": f"{avoided} (write {instead})"
        for area in AREAS
        for key, text in texts(area)
        for avoided, instead in glossary()
        if avoided in text
    }
    assert not wrong


ALONE = re.compile(r"(?<!中国)台湾(?!地区)")


def test_taiwan_never_stands_alone() -> None:
    assert not [key for area in AREAS for key, text in texts(area) if ALONE.search(text)]


@pytest.mark.parametrize("name", ["claim_readings", "claims"])
def test_no_editor_would_mark_the_official_statements(name: str) -> None:
    with (DATA / "statements" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    read = {text for row in rows for column, text in row.items() if column.endswith("_zh")}
    assert len(read) > 50
    wrong = {text: list(marks(text)) for text in read if ALONE.search(text) or list(marks(text))}
    assert not wrong


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中国台湾", "大陆与台湾地区"),
        ("中国香港", "内地与香港"),
        ("中国澳门", "内地与澳门"),
        ("美国", "中国与美国"),
    ],
)
def test_the_mainland_is_named_by_what_stands_beside_it(name: str, expected: str) -> None:
    assert formats.say("partner.place", "zh", name=name) == expected


def test_phrases_keep_the_links_of_numbers() -> None:
    number = message.linked("3.2%", 3.2, "partner", {}, "share_pct")
    text = catalog.fill("中国对{name}出口占{share}", "zh", {"name": "中国香港", "share": number})
    assert text == "内地对香港出口占3.2%"
    assert text[text.links[0].start : text.links[0].end] == "3.2%"


def test_a_small_rank_is_written_out_and_keeps_its_link() -> None:
    rank = message.linked("1", 1.0, "partner", {}, "rank")
    text = catalog.fill("第{rank}大贸易伙伴", "zh", {"rank": rank})
    assert (text, text[text.links[0].start : text.links[0].end]) == ("第一大贸易伙伴", "一")
    assert catalog.fill("第{rank}大", "zh", {"rank": "11"}) == "第11大"


def test_sentences_and_facts_are_among_the_texts() -> None:
    assert {SENTENCES, FACTS, MEASURES, "errors", "messages"} <= set(AREAS)
    assert all(re.search(f"[{HAN}]", text) for _, text in list(texts("messages"))[:3])

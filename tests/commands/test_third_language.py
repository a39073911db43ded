"""A third language is a folder: with one in a copy of the project, every panel, page, handout and answer speaks it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import marked_locale
from tests.support.marked_locale import CODE, MARK, marked
from trade.measures import catalog, find_measure
from trade.panels.registry import panels
from trade.paths import PROJECT
from trade.store import Store, open_store
from trade.ui.core import navigation

WORD = re.compile(r"(?<!\w)[^\W\d_][\w'’-]*")
LEFT_OUT = re.compile(
    r"""`[^`]*`|</?[a-z][^>]*>|&\w+;|%\{[^}]*\}|:[a-z]+(/\w+:|\[)  # code and markup
    |\]\([^)]*\)|https?://\S+|(?<!\w)/[a-z]+(\?\S+)?           # addresses
    |\b[0-9a-f]{16}\b                                          # the store's version
    |\bpublished\ \d{4}(-\d\d){0,2}                             # the end of a citation, which is in English
    """,
    re.VERBOSE,
)
TITLES = ("claim", "forecast", "group_member", "policy_event", "released_figure", "tariff_rate")


def english(text: str) -> list[str]:
    """Words without the mark and with two lower-case letters in a row: codes and abbreviations do not count."""
    words = WORD.findall(LEFT_OUT.sub(" ", text))
    return [word for word in words if word[0].upper() != MARK and re.search("[a-z]{2}", word)]


def flat(text: str) -> str:
    """The text in one line, without Markdown's escapes: as it stands in the facts."""
    return " ".join(re.sub(r"<br>|\n", " ", text.replace("\\", "")).split())


@pytest.fixture(scope="module")
def store(real_home: Path) -> Store:
    return open_store(real_home)


@pytest.fixture(scope="module")
def quotations(store: Store) -> list[str]:
    """Quotations: titles of publications, citations, words of officials; the longest first."""
    fields = [*((f"fact.{name}", "source_title") for name in TITLES), ("fact.source", "citation")]
    fields += [("fact.forecast", "publication"), ("fact.claim", "quote"), ("fact.released_figure", "source_title")]
    texts = {
        flat(text)
        for table, field in fields
        for text in store.query(f"SELECT DISTINCT {field} AS text FROM {table} WHERE {field} <> ''")["text"]
    }
    texts |= {flat(find_measure(name).reference) for name in catalog()}
    short = {part for text in texts for part in (text.partition(":")[0], *_beginnings(text))}
    return sorted(texts | {part for part in short if len(part) > 20}, key=len, reverse=True)


def _beginnings(text: str) -> list[str]:
    """All shortened forms of a long title that a line may show."""
    return [text[:end].rstrip() for end in range(20, min(len(text), 80))]


@pytest.fixture(scope="module")
def texts_by_place(tmp_path_factory: pytest.TempPathFactory, real_home: Path, store: Store) -> dict[str, list[str]]:
    """Every text by place, collected in a copy of the project that has the marked language."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("trade", "pages", "stories", "static", ".streamlit"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("*.pyc.*"))
    shutil.copy(PROJECT / "app.py", copy)
    (copy / "data").symlink_to(PROJECT / "data")
    marked_locale.write_locale(copy / "trade" / "text" / "locales", store)
    marked_locale.add_to_stories(copy / "stories")
    done = subprocess.run(
        [sys.executable, str(PROJECT / "tests" / "support" / "language_driver.py"), CODE],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "TRADE_HOME": str(real_home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    texts: dict[str, list[str]] = json.loads(done.stdout)
    return texts


def test_the_walk_is_whole_and_nothing_fails(texts_by_place: dict[str, list[str]]) -> None:
    assert not {place: texts[1] for place, texts in texts_by_place.items() if texts[:1] == ["FAILED"]}
    kinds = {place.partition(" ")[0] for place in texts_by_place}
    assert kinds == {"panel", "page", "handout", "api"}
    assert {f"page {page.name}" for page in navigation.PAGES} | {f"panel {one}" for one in panels()} <= set(
        texts_by_place
    )
    assert sum(map(len, texts_by_place.values())) > 5000
    assert not [text for texts in texts_by_place.values() for text in texts if "⟦" in text]


@pytest.mark.parametrize("kind", ["panel", "page", "handout", "api"])
def test_no_word_comes_from_elsewhere_than_the_folder(
    texts_by_place: dict[str, list[str]], quotations: list[str], kind: str
) -> None:
    """Exceptions are titles of publications, citations, and the keys of the rows that identities check."""
    unmarked: dict[str, list[str]] = {}
    for place, texts in texts_by_place.items():
        if place.startswith(kind):
            for text in texts:
                rest = text.partition("<br>")[2] if f"{MARK}gap" in text else text
                if english(rest) and (words := english(_without(flat(rest), quotations))):
                    unmarked[f"{place}: {text[:300]}"] = words
    assert not unmarked


def _without(text: str, quotations: list[str]) -> str:
    for one in quotations:
        text = text.replace(one, " ")
    return text


def test_the_mark_shows_what_has_none() -> None:
    """The check itself works: it finds a word without a mark, and ignores fields and markup."""
    assert marked("Exports of {name}: <b>up</b> `trade`") == "ЖExports Жof {name}: <b>Жup</b> `trade`"
    assert english(marked("Year-on-year growth, <b>per cent</b>")) == []
    assert english("ЖExports Жof China, HHI, /growth?flow=total") == ["China"]

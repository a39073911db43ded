"""A language for tests: English with a Cyrillic letter before every word, as a folder like any other.

What is shown of it without the mark did not come from the language's folder. Its numbers, months and dates are Babel's
for Russian, so that they hold no Latin letter either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from trade.measures import catalog as measures
from trade.measures import find_measure, translations
from trade.paths import PROJECT
from trade.store import Store
from trade.text import catalog, message

CODE, MARK = "xx", "Ж"
NAME = f"{MARK}Marked"
_UNTOUCHED = re.compile(
    r"""</?[a-z][^>]*>|&\w+;     # tags
    |`[^`]*`                  # code
    |\]\([^)]*\)|https?://\S+ # addresses
    |:[a-z]+/\w+:|:[a-z]+\[   # Markdown's own words
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_][\w'’-]*")


def marked(text: str) -> str:
    """The text with a mark before every word; fields and choices, tags, code and addresses stay as they are."""
    left = [*(match.span() for match in _UNTOUCHED.finditer(text)), *message.syntax(text)]

    def mark(word: re.Match[str]) -> str:
        return word[0] if any(start <= word.start() < end for start, end in left) else MARK + word[0]

    return _WORD.sub(mark, text)


def write_locale(folder: Path, store: Store) -> None:
    """Write the language into a folder of languages."""
    own = folder / CODE
    own.mkdir()
    areas = [path.stem for path in (catalog.LOCALES / catalog.SOURCE).glob("*.toml")]
    for area in areas:
        if area not in (catalog.SETTINGS, catalog.SENTENCES):
            _write(own, area, _marked_tree(catalog.table(area, catalog.SOURCE)))
    _write(own, catalog.SETTINGS, {"language": {"name": NAME, "tag": "x-marked", "babel": "ru"}} | _amounts())
    _write(own, catalog.SENTENCES, _sentences(catalog.table(catalog.SENTENCES, catalog.SOURCE)))
    headers = (text for name in measures() for text in translations.texts_of(find_measure(name)))
    _write(own, catalog.MEASURES, {"shared": _pairs(headers)})
    _write(own, catalog.FACTS, {"all": _pairs(_facts(store))})


def _amounts() -> dict[str, Any]:
    tree = catalog.table(catalog.SETTINGS, catalog.SOURCE)
    return {name: _marked_tree(tree[name]) for name in ("money", "unit")}


def _marked_tree(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {name: _marked_tree(value) for name, value in tree.items()}
    if isinstance(tree, list):
        return [_marked_tree(value) for value in tree]
    return marked(tree) if isinstance(tree, str) else tree


def _sentences(tree: dict[str, Any]) -> dict[str, Any]:
    """The templates; names have no articles and keep their first letter, and `by` names a parameter."""
    common = {
        name: value for name, value in tree["common"].items() if name not in ("article", "named", "goods_begin_small")
    }
    templates = _marked_tree(tree | {"common": common})
    for name, words in tree.items():
        for case, value in words.items():
            if isinstance(value, dict) and "by" in value:
                templates[name][case]["by"] = value["by"]
    return templates


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    return {text: marked(text) for text in texts}


def _facts(store: Store) -> Iterator[str]:
    """Texts of the facts that Chinese translates, every English column of the facts, and names that queries give."""
    for texts in catalog.table(catalog.FACTS, "zh").values():
        yield from texts
    columns = store.query(
        "SELECT table_schema AS room, table_name AS name, column_name AS field FROM information_schema.columns "
        "WHERE ends_with(column_name, '_en') AND table_schema IN ('fact', 'main') AND table_catalog = current_database()"
    )
    for room, name, field in columns.itertuples(index=False):
        rows = store.query(f"SELECT DISTINCT {field} AS text FROM {room}.{name} WHERE {field} IS NOT NULL")
        yield from rows["text"]
    yield from store.query("SELECT DISTINCT item AS text FROM service_trade WHERE item IS NOT NULL")["text"]
    for path in [*PROJECT.glob("trade/measures/sql/*.sql"), *PROJECT.glob("trade/store/**/*.sql")]:
        yield from re.findall(r"'([A-Z][A-Za-z ,-]{2,})'", path.read_text(encoding="utf-8"))


def _write(folder: Path, area: str, tree: dict[str, Any]) -> None:
    (folder / f"{area}.toml").write_text("\n".join(_lines(tree)) + "\n", encoding="utf-8")


def _lines(tree: dict[str, Any], path: str = "") -> Iterator[str]:
    """The tree as TOML: what stands in it first, then the tables below it."""
    for name, value in tree.items():
        if not isinstance(value, dict):
            yield f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}"
    for name, value in tree.items():
        if isinstance(value, dict):
            below = f"{path}{json.dumps(name, ensure_ascii=False)}"
            yield f"\n[{below}]"
            yield from _lines(value, f"{below}.")


def add_to_stories(folder: Path) -> None:
    """Give every English text of the stories in a folder one in the marked language beside it."""
    for path in folder.glob("*.toml"):
        lines: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            lines.append(line)
            if english := re.match(r'(\w+)\.en = (".*")$', line):
                lines.append(f"{english[1]}.{CODE} = {json.dumps(marked(json.loads(english[2])), ensure_ascii=False)}")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

"""Names as tables print them: with a number in a list, marks of footnotes, or in two languages."""

from __future__ import annotations

import re
from collections.abc import Callable

_MARKS_AFTER = re.compile(
    r"(?:\s*(?:[\u00b9\u00b2\u00b3\u2070-\u208e\u2460-\u24ff\u2776-\u2793*＊※†‡]+"
    r"|[\[［(（〔]\s*(?:注|[Nn]ote)?\s*[\d*a-z]\s*[\]］)）〕]|(?<=[\u3400-\u9fff])\d{1,2}[)）]?|\s\d/))+$"
)
"""Not capitals in brackets: Congo (B) and Congo (K), Korea (N) and Korea (S) are two economies each."""
_MARKS_BEFORE = re.compile(
    r"^(?:[#＃※*＊]\s*|[（(][\d一二三四五六七八九十]{1,2}[)）]\s*|[一二三四五六七八九十]{1,2}、\s*|\d{1,2}[、.．](?!\d)\s*)+"
    r"|^其中\s*[:：]\s*"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_BETWEEN_LANGUAGES = re.compile(r"\s*[/／(（]\s*|\s+|(?<=[\u3400-\u9fff])(?=[A-Za-z])")


def bare_name(label: str) -> str:
    """A printed name without its number in a list and the marks of its footnotes: `一、农产品①`, `美国(1)`, `#日本`."""
    return _MARKS_AFTER.sub("", _MARKS_BEFORE.sub("", label.strip())).strip() or label


def find_name(label: str, find: Callable[[str], str | None]) -> str | None:
    """The code of a name: as printed, without list numbers and footnote marks, or in two languages that agree."""
    if code := find(label) or find(bare_name(label)):
        return code
    for between in _BETWEEN_LANGUAGES.finditer(name := bare_name(label)):
        chinese, other = name[: between.start()], name[between.end() :].rstrip(")）")
        if _HAN.search(chinese) and not _HAN.search(other) and (code := find(chinese)) and code == find(other):
            return code
    return None

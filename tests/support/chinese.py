"""What a Chinese editor would mark in a text: half-width marks, doubled words, foreign words, years without 年."""

from __future__ import annotations

import re
from collections.abc import Iterator

HAN = "\u4e00-\u9fff"
_UNREAD = re.compile(r"%\{[^}]*\}|<extra></extra>|https?://[^\s）]+|</?\w+[^>]*>|`[^`]*`|:(?:small|gray|material)\b")
"""What no reader sees as words: places of values, markup, addresses, code."""
_RULES = {
    "half-width mark": re.compile(
        rf"[{HAN}）”》%][,;:!?](?![\w/])|[,;:!?]+ ?[{HAN}]|[{HAN}]\.(?: |$)|[{HAN}] ?\((?!\))"
    ),
    "space": re.compile(rf"[{HAN}，。；：（）] [A-Za-z]|[A-Za-z] [{HAN}，。；：（）]"),
    "doubled word": re.compile(
        rf"(?<![{HAN}])([{HAN}]{{2,8}})\1(?![{HAN}])|([{HAN}]{{4,8}})\2|的的|了了|年年(?![度均])|月月|个个"
    ),
    "year without 年": re.compile(
        r"(?<![\d.,A-Za-z+−\-–—至/=])(?:19|20)\d\d(?![\d年.,%A-Za-z_]|[-–—]\d|[–—至/和、]|起?-)(?=[^\d]|$)"
    ),
    "date in figures": re.compile(r"(?<![\d/=_-])(?:19|20)\d\d-\d\d(?:-\d\d)?(?![\d_])"),
    "sign after a verb": re.compile(r"(?:增长|拉动|提高|上升|增加)\+|(?:下降|拖累|降低|减少)[−-]"),
    "place of a value": re.compile(r"⟦|\{\w*\}|\bNone\b|\bnan\b"),
}
_LATIN = re.compile(r"(?<![A-Za-z_.{/=-])[A-Z]?[a-z]{3,}(?![A-Za-z_}=.-])")
NAMES = {
    "Comtrade", "Trade", "War", "Tracker", "Visual", "Capitalist", "Natural", "Earth", "Atlas", "Etalab",
    "GeoDep", "Lowy", "Institute", "Excel", "Parquet", "Plotly",
}  # fmt: skip
"""Names that Chinese writes in Latin letters."""


def marks(text: str) -> Iterator[str]:
    """What is wrong with a text, each as `rule: the letters around it`."""
    read = _UNREAD.sub("\u2003", text).replace("\u00a0", " ")
    for name, rule in _RULES.items():
        for match in rule.finditer(read):
            yield f"{name}: {read[max(match.start() - 12, 0) : match.end() + 12]}"
    for word in set(_LATIN.findall(read)) - NAMES:
        yield f"foreign word: {word}"

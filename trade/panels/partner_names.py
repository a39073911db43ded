"""China's trading partners by code and by name in either language."""

from __future__ import annotations

from difflib import get_close_matches

from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.language import lang

NEAR = 6
"""Partners offered instead of one that does not exist."""
Names = dict[str, dict[str, str]]
_NAMES = ("name_en", "name_zh", "iso2")


@cached_per_store
def known() -> Names:
    """Every partner that China's figures list, the largest first, with its names and codes."""
    rows = queries.measure("partners").frame.to_dict("records")
    return {str(row["partner"]): {key: str(row[key] or "") for key in _NAMES} for row in rows}


@cached_per_store
def labels() -> dict[str, str]:
    """What the search box shows for every partner, by code."""
    names = known()
    return {one: label(one, names) for one in names}


def label(code: str, names: Names) -> str:
    """`Germany · 德国 · DEU`: what the search box finds a partner by."""
    one = names[code]
    own, other = (one["name_zh"], one["name_en"]) if lang() == "zh" else (one["name_en"], one["name_zh"])
    return f"{own} · {other} · {code}"


def resolve(asked: str, names: Names) -> str:
    """The code that a text means: a code of three or two letters or a name, whatever its case; empty if none."""
    wanted = asked.strip().casefold()
    for code, one in names.items():
        if wanted in (code.casefold(), one["iso2"].casefold(), one["name_en"].casefold(), one["name_zh"].casefold()):
            return code
    return ""


def nearest(asked: str, names: Names) -> list[str]:
    """Codes whose names or codes look most like the text."""
    wanted = asked.strip().casefold()
    spelled = {text.casefold(): code for code, one in names.items() for text in (one["name_en"], one["name_zh"], code)}
    within = [code for text, code in spelled.items() if len(wanted) > 2 and wanted in text]
    close = [spelled[text] for text in get_close_matches(wanted, spelled, n=NEAR, cutoff=0.5)]
    return list(dict.fromkeys([*within, *close, *names]))[:NEAR]


def name_of(code: str) -> str:
    """The partner's name in the reader's language."""
    return known()[code][f"name_{lang()}"]

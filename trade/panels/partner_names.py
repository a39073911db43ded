"""China's trading partners by code and by name in either language."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from trade.errors import BadParameter, NoRows, shorten
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import joined_widely, lang, say, sentences_of

FIRST = "USA"
"""The partner in focus where none was chosen: the largest."""
NEAR = 6
"""Partners offered instead of one that does not exist."""
Names = dict[str, dict[str, str]]
_OPEN_END = 9000
"""A membership that goes on ends later than this year."""


@cached_per_store
def known() -> Names:
    """Every partner that China's figures list, the largest first, with its names and codes."""
    rows = queries.measure("partners").frame.to_dict("records")
    return {
        str(row["partner"]): {str(key): str(value or "") for key, value in row.items() if _is_name(str(key))}
        for row in rows
    }


@cached_per_store
def labels() -> dict[str, str]:
    """What the search box shows for every partner, by code."""
    names = known()
    return {code: label(code, names) for code in names}


def label(code: str, names: Names) -> str:
    """`Germany · 德国 · DEU`: what the search box finds a partner by."""
    partner = names[code]
    return " · ".join(dict.fromkeys([partner[f"name_{lang()}"], *_spellings(partner), code]))


def _is_name(column: str) -> bool:
    return column.startswith("name_") or column == "iso2"


def _spellings(partner: dict[str, str]) -> list[str]:
    """The partner's name in every language that has one."""
    return [name for column, name in partner.items() if column.startswith("name_")]


def chosen(choices: Choices) -> str:
    """The code of the partner that the choices name, by code or by name; `FIRST` where they name none.

    Raises:
        BadParameter: they name no economy. NoRows: they name one that China's figures do not list.
    """
    text = choices.value("partner") or FIRST
    code = resolve(text, known())
    if code:
        return code
    reason = unlisted(text)
    if reason.exists:
        raise NoRows(reason.sentence)
    raise BadParameter(sentences_of([reason.sentence, joined_widely(labels()[near] for near in reason.near)]))


def resolve(text: str, names: Names) -> str:
    """The code that a text means: a code of three or two letters or a name, whatever its case; empty if none."""
    wanted = text.strip().casefold()
    for code, partner in names.items():
        if wanted in (code.casefold(), *(name.casefold() for name in partner.values())):
            return code
    return ""


def nearest(text: str, names: Names) -> list[str]:
    """Codes whose names or codes look most like the text."""
    wanted = text.strip().casefold()
    spelled = {
        spelling.casefold(): code for code, partner in names.items() for spelling in (*_spellings(partner), code)
    }
    within = [code for spelling, code in spelled.items() if len(wanted) > 2 and wanted in spelling]
    close = [spelled[spelling] for spelling in get_close_matches(wanted, spelled, n=NEAR, cutoff=0.5)]
    return list(dict.fromkeys([*within, *close, *names]))[:NEAR]


def name_of(code: str) -> str:
    """The partner's name in the language of the run."""
    return known()[code][f"name_{lang()}"]


@dataclass(frozen=True)
class Unlisted:
    """Why a text names no partner that has figures, with codes of some that do; `exists`: it names an economy."""

    sentence: str
    near: list[str]
    exists: bool


def unlisted(text: str) -> Unlisted:
    """Why `resolve` finds no partner for this text."""
    names, economies = known(), queries.measure("economies").frame
    other = economies[economies["economy"] == text.strip().upper()]
    if text.strip().casefold() == "eu":
        members = set(economies.loc[economies["eu_last"] > _OPEN_END, "economy"])
        return Unlisted(say("partner.eu"), [code for code in names if code in members][:NEAR], exists=True)
    if len(other):
        sentence = say("partner.no_trade", name=other.iloc[0][f"name_{lang()}"])
        return Unlisted(sentence, list(names)[:NEAR], exists=True)
    return Unlisted(say("partner.unknown", name=shorten(text)), nearest(text, names), exists=False)

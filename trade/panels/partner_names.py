"""China's trading partners by code and by name in either language."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from trade.errors import BadParameter, NoRows, TradeError, shorten
from trade.measures import parameters
from trade.measures.entity_names import names_of, own_group_name
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import joined_widely, lang, say, sentences_of
from trade.panels.run_context import store
from trade.sources.economy_names import everyday_names
from trade.store.own_groups import OwnGroup, is_group, is_own, read
from trade.text.catalog import LANGUAGES, of_facts

FIRST = "USA"
"""The partner in focus where none was chosen: the largest."""
NEAR = 6
"""Most partners suggested for an unknown one."""
Names = dict[str, dict[str, str]]
GROUP_KINDS = ("bloc", "continent", "region", "world")
"""Kinds of groups, in the order in which they are offered."""


@cached_per_store
def known() -> Names:
    """Every partner that China's figures list, the largest first, with its names and codes."""
    rows = queries.measure("partners").frame.to_dict("records")
    return {
        str(row["partner"]): {
            str(key): str(value or "") for key, value in row.items() if key == "iso2" or str(key).startswith("name_")
        }
        for row in rows
    }


@cached_per_store
def groups() -> Names:
    """Every group of partners, with its names: the blocs first, then continents and regions, the world last."""
    by_language = {language: names_of(store(), "group", language) for language in LANGUAGES}
    kinds = dict(parameters.group_kinds(store()))
    codes = sorted(kinds, key=lambda code: (GROUP_KINDS.index(kinds[code]), by_language[LANGUAGES[0]][code]))
    return {code: {f"name_{language}": names[code] for language, names in by_language.items()} for code in codes}


@cached_per_store
def labels() -> dict[str, str]:
    """What the search box shows for every partner, by code: the groups after the economies."""
    names = {**known(), **groups()}
    return {code: label(code, names) for code in names}


@cached_per_store
def names() -> dict[str, str]:
    """Every economy and group by code, in the language of the run."""
    return {code: partner[f"name_{lang()}"] for code, partner in {**known(), **groups()}.items()}


def label(code: str, names: Names) -> str:
    """`Netherlands · 荷兰 · NLD · Holland`: the label of a partner in the search box, with everything it can be found
    by."""
    partner = names[code]
    everyday = [
        name for name in everyday_names().get(code, []) if name.isascii() == partner[f"name_{lang()}"].isascii()
    ][:1]
    shown = [] if is_group(code) else [code]
    return " · ".join(dict.fromkeys([partner[f"name_{lang()}"], *_spellings(partner), *shown, *everyday]))


def _spellings(partner: dict[str, str]) -> list[str]:
    """The partner's name in every language that has one."""
    return [name for column, name in partner.items() if column.startswith("name_")]


def chosen(choices: Choices) -> str:
    """The code of the partner that the choices name, by code or by name: an economy, a group or a user-defined group;
    `FIRST` if they name none.

    Raises:
        BadParameter, UnknownName: the name or code is invalid.
        NoRows: they name an economy that China's figures do not list.
    """
    text = choices.value("partner") or FIRST
    code = code_of(text)
    if code:
        return code
    reason = unlisted(text)
    if reason.exists:
        raise NoRows(reason.sentence)
    raise BadParameter(sentences_of([reason.sentence, joined_widely(labels()[near] for near in reason.near)]))


def resolve(text: str, names: Names) -> str:
    """The code of the partner whose code or name equals the text, ignoring case; empty if there is none."""
    folded = text.strip().casefold()
    for code, partner in names.items():
        if folded in (code.casefold(), *(name.casefold() for name in partner.values())):
            return code
    return ""


@cached_per_store
def code_of(text: str) -> str:
    """The code of the economy, group or user-defined group that a text names in any way; empty if none."""
    if code := resolve(text, {**known(), **groups()}):
        return code
    for code, everyday in everyday_names().items():
        if text.strip().casefold() in (name.casefold() for name in everyday) and code in labels():
            return code
    try:
        code = parameters.partner(store(), text)
    except TradeError:
        return ""
    return code if is_own(code) or code in labels() else ""


def nearest(text: str, names: Names) -> list[str]:
    """The codes whose names or codes are most similar to the text."""
    folded = text.strip().casefold()
    spelled = {
        spelling.casefold(): code for code, partner in names.items() for spelling in (*_spellings(partner), code)
    }
    within = [code for spelling, code in spelled.items() if len(folded) > 2 and folded in spelling]
    close = [spelled[spelling] for spelling in get_close_matches(folded, spelled, n=NEAR, cutoff=0.5)]
    return list(dict.fromkeys([*within, *close, *names]))[:NEAR]


def name_of(code: str) -> str:
    """The partner's name in the language of the run."""
    return own_group_name(store(), code, lang()) if is_own(code) else {**known(), **groups()}[code][f"name_{lang()}"]


def about_group(code: str) -> str:
    """The definition of a group, or the parts of a user-defined one."""
    group = read(code)
    if group is None:
        return of_facts(parameters.group_definitions(store())[code], lang())
    return own_group_name(store(), OwnGroup("", group.parts, group.left_out).code, lang())


def parts_of(code: str) -> tuple[str, ...]:
    """The codes that make up a partner's code: the parts of a user-defined group, else the code itself."""
    group = read(code)
    return group.parts if group else (code,)


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
    if is_own(text):
        return Unlisted(say("partner.own_unknown", name=shorten(text)), list(groups())[:NEAR], exists=False)
    if len(other):
        sentence = say("partner.no_trade", name=other.iloc[0][f"name_{lang()}"])
        return Unlisted(sentence, list(names)[:NEAR], exists=True)
    return Unlisted(say("partner.unknown", name=shorten(text)), nearest(text, names), exists=False)

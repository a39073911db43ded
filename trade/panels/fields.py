"""The choices a user can make: flow, currency, period ... as codes, each with its options, default and pattern.

Each choice is a `Field`. A URL holds those that differ from their default (`/growth?flow=import&currency=USD`), always
as codes, never as labels. `to_params` is the inverse of `parse`. A link may contain mistakes: `parse` reports each one
and uses the default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from trade.errors import shorten
from trade.panels.language import lang, say
from trade.store import own_groups
from trade.text import formats
from trade.text.catalog import LANGUAGES

CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")
GOODS = (
    "electric-cars",
    "batteries",
    "solar",
    "robots",
    "chips",
    "ships",
    "phones",
    "rare-earths",
    "machinery",
    "high-tech",
)
"""The headline goods of China's trade, the new three first."""
NEAR = 3
"""Suggestions for an unknown name."""
Values = dict[str, str]


@dataclass(frozen=True)
class Field:
    """One choice. `options` are its codes; if empty, the store offers them and a link's code must match `pattern`.

    A `lasting` field keeps its value when the user follows a link within the dashboard that does not name it. An
    `of_page` field names something on one page and is dropped when the user leaves it.
    """

    name: str
    options: tuple[str, ...] = ()
    default: str = ""
    pattern: str = ""
    lasting: bool = False
    of_page: bool = False

    def accepts(self, code: str) -> bool:
        """Whether a link may name this code."""
        return code in self.options if self.options else bool(re.fullmatch(self.pattern, code))

    def label(self, code: str) -> str:
        """The words for a code: a language by its own name for itself, a year in the user's format."""
        if self.name == "lang":
            return formats.say("language.name", code)
        if self.pattern == _YEAR:
            return formats.period(code, lang=lang())
        return say(f"scope.{self.name}.{code}")


_YEAR = "(19|20)[0-9]{2}"
_NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,2})?"


def _numbers(code: str) -> str:
    """A pattern for one to ten codes with a number each: `asia:2,africa:10.5`."""
    pair = f"({code}):{_NUMBER}"
    return f"{pair}(,{pair}){{0,9}}"


OPENED = ("map", "table", "definition", "sql", "cite", "embed")
"""What a chart may be shown as, or have open below it, instead of the chart alone."""
_CHART, _OPENED = "[a-z0-9_]{1,40}", "|".join(OPENED)
_HS = "[IVX]{1,5}|[0-9]{2}|[0-9]{4}|[0-9]{6}"
_COLUMN = "[a-z][a-z0-9_]{0,39}"
_VERDICTS = (
    "all", "reproduced", "as_published", "rounding_or_revision", "differs", "not_comparable",
    "not_reproducible", "quoted",
)  # fmt: skip
_EVENTS = ("all", "tariff", "export control", "law", "rebate", "zero tariff", "agreement", "programme")
_EVENT = f"({'|'.join(_EVENTS[1:])})"

FIELDS = {
    field.name: field
    for field in (
        Field("lang", LANGUAGES, lasting=True),
        Field("theme", ("auto", "light", "dark"), "auto", lasting=True),
        Field("flow", ("export", "import", "total"), "export"),
        Field("currency", ("CNY", "USD"), "CNY"),
        Field("freq", ("A", "Q", "M", "YTD"), "A"),
        Field("period", pattern=rf"{_YEAR}(-(0[1-9]|1[0-2]|Q[1-4])|/{_YEAR})?"),
        Field("span", ("5", "10", "20", "all")),
        Field("join", ("yes", "no"), "yes"),
        Field("look", ("levels", "index", "sums", "adjusted", "balance"), "levels"),
        Field("by", ("continent", "partner", "product"), "continent"),
        Field("continent", ("all", *CONTINENTS), "all"),
        Field("indices", ("cpb", "unctad"), "cpb"),
        Field("subject", ("world-trade", "world-services", "world-gdp", "china-gdp", "barometer"), "world-trade"),
        Field("target", ("2025", "2026", "2027"), "2026"),
        Field("rest", pattern=_NUMBER, default="5"),
        Field("assume", ("pace", "WTO", "none"), "pace"),
        Field("elasticity", pattern=_NUMBER, default="1"),
        Field("demand", pattern=_numbers("|".join(CONTINENTS))),
        Field("shocks", pattern=_numbers("[A-Z]{3}")),
        Field("event", _EVENTS, "all"),
        Field("marks", pattern=f"none|{_EVENT}(,{_EVENT}){{0,6}}", default="tariff,agreement"),
        Field("rates", ("average", "added", "none"), "average"),
        Field("source", pattern=r"[a-z0-9_]{1,40}"),
        Field("term", pattern=r"[a-z0-9_]{1,40}", default="growth"),
        Field("measure", pattern=r"[a-z0-9_]{1,40}", default="growth"),
        Field("ask", pattern=r"[a-z0-9_]{1,30}=[^;=<>]{1,80}(;[a-z0-9_]{1,30}=[^;=<>]{1,80}){0,19}"),
        Field("mode", ("measure", "sql"), "measure"),
        Field("sql", pattern="~[A-Za-z0-9_-]{4,6000}"),
        Field("view", ("chart", "table", "pivot"), "chart"),
        Field("form", ("lines", "bars", "dots")),
        Field("y", pattern=_COLUMN),
        Field("x", pattern=_COLUMN),
        Field("down", pattern=_COLUMN),
        Field("across", pattern=_COLUMN),
        Field("cell", pattern=_COLUMN),
        Field("how", ("value", "sum", "count"), "value"),
        Field("q", pattern=r"[^<>]{1,300}"),
        Field("verdict", _VERDICTS, "all"),
        Field("topic", pattern=r"[a-z ]{2,30}", default="all"),
        Field("stated", pattern=rf"all|{_YEAR}", default="all"),
        Field("claim", pattern=r"[a-z0-9][a-z0-9-]{0,80}"),
        Field("keep", pattern=r"[^<>]{1,400}"),
        Field("partner", pattern=rf"[\w .,'()&-]{{2,60}}|{own_groups.PATTERN}"),
        Field("members", ("dated", "today"), "dated"),
        Field("of", ("reporters", "partners", "goods", "customs"), "reporters"),
        Field("entities", pattern=r"[^<>]{2,900}"),
        Field("indicator", pattern=r"[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}"),
        Field("scaled", ("lines", "index", "share", "rank"), "lines"),
        Field("log", ("no", "yes"), "no"),
        Field("each", ("no", "yes"), "no"),
        Field("reporter", pattern="[A-Z]{3}", default="CHN"),
        Field("find", pattern="[^<>]{1,40}"),
        Field("eu", ("members", "one"), "members"),
        Field("hk", ("in", "out"), "in"),
        Field("side", ("own", "world"), "own"),
        Field("grew", ("all", "up", "up10", "up20", "down", "down10", "down20"), "all"),
        Field("ratio", ("any", "1.5", "2", "3", "5", "0.5"), "any"),
        Field("least", ("0", "1e8", "1e9", "1e10", "1e11"), "0"),
        Field("sort", ("rank", "growth", "gain", "ratio"), "rank"),
        Field("map", ("amounts", "rates"), "amounts"),
        Field("top", ("1", "2", "3"), "1"),
        Field("dataset", ("matrix", "cia", "oecd", "imf"), "matrix"),
        Field("year", pattern=_YEAR),
        Field("since", pattern=_YEAR),
        Field("play", ("no", "yes"), "no"),
        Field("gauge", ("effective", "cr5", "hhi", "theil", "active"), "effective"),
        Field("above", ("0", "1e6", "1e8"), "1e6"),
        Field("fall", pattern=_NUMBER, default="20"),
        Field("elsewhere", pattern=_NUMBER, default="0"),
        Field("product", pattern=r"[a-z0-9-]{2,80}", default="motor-vehicles"),
        Field("within", pattern=r"[a-z0-9-]{2,80}", default="all"),
        Field("list", ("main", "detail"), "main"),
        Field(
            "service",
            (
                "all",
                "travel",
                "transport",
                "insurance-and-finance",
                "communications-computer-business",
                "intellectual-property",
            ),
            "all",
        ),
        Field("counted", ("all", "knowledge-intensive", "travel"), "all"),
        Field("section", ("commodities", "themes"), "commodities"),
        Field("goods", ("customs", "hs", "world", "headline"), "customs"),
        Field("origin", pattern=r"[a-z0-9_]{1,40}"),
        Field("level", ("section", "chapter", "heading", "subheading"), "chapter"),
        Field("grouping", ("group", "sector", "chapter"), "group"),
        Field("part", pattern=r"[IVX]{1,5}|[0-9]{2}|[0-9]{2}-[0-9]{2}|[a-z]{2,20}"),
        Field("good", GOODS),
        Field("depends", ("buyer", "seller"), "buyer"),
        Field("inside", pattern=rf"all|{_HS}", default="all"),
        Field("code", pattern=_HS),
        Field("chart", pattern=f"{_CHART}(,{_CHART}){{0,39}}", of_page=True),
        Field("open", pattern=f"{_CHART}:({_OPENED})(,{_CHART}:({_OPENED})){{0,9}}", of_page=True),
        Field("present", ("0", "1"), "0"),
        Field("story", pattern="[a-z0-9-]{1,40}|~[A-Za-z0-9_-]{4,7000}"),
        Field("step", pattern="[1-9][0-9]?"),
        Field("mine", pattern="~[A-Za-z0-9_-]{4,7000}", lasting=True),
    )
}
_ORDER = {name: place for place, name in enumerate(FIELDS)}


def parse(params: Mapping[str, Sequence[str]]) -> tuple[Values, list[str]]:
    """The values in a URL's parameters, and a sentence for each parameter that is wrong."""
    values: Values = {}
    problems: list[str] = []
    for name, codes in params.items():
        problem = _problem(name, codes)
        if problem:
            problems.append(problem)
        elif codes and codes[0] != FIELDS[name].default:
            values[name] = codes[0]
    return values, problems


def _problem(name: str, codes: Sequence[str]) -> str:
    """A sentence on what is wrong with this parameter; empty if it is valid."""
    field = FIELDS.get(name)
    if field is None:
        similar = get_close_matches(name.lower(), FIELDS, n=NEAR)
        key = "link.unknown_name" if similar else "link.unknown"
        return say(key, name=shorten(name), good=", ".join(similar))
    if len(codes) > 1:
        return say("link.repeated", name=name)
    if codes and not field.accepts(codes[0]):
        good = ", ".join(field.options) or say(f"scope.{name}.form")
        return say("link.unknown_value", name=name, value=shorten(codes[0]), good=good)
    return ""


def form_of(field: Field) -> Callable[[str], str]:
    """A function of the language that describes the format of a field without options."""
    return lambda lang: formats.say(f"scope.{field.name}.form", lang)


def to_params(values: Mapping[str, str]) -> Values:
    """The URL's parameters for these values: those that differ from their default, in the order of `FIELDS`."""
    changed = (name for name, code in values.items() if name in FIELDS and code != FIELDS[name].default)
    return {name: values[name] for name in sorted(changed, key=_ORDER.__getitem__)}

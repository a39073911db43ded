"""Turn a user's parameters into those bound in a measure's SQL, checking every value against its declared domain."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from trade import paths
from trade.errors import BadParameter, Message, UnknownName, Value, shorten
from trade.measures.catalog import Measure, Parameter
from trade.sources.economy_names import Names, read_names
from trade.sources.manifest import of_the_calendar
from trade.store import Store, own_groups
from trade.store.version_cache import cached_per_version

_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?", re.ASCII)
"""A year, a month or a quarter."""
_TWO_YEARS = re.compile(r"(\d{4})/(\d{4})", re.ASCII)
"""Two years with a slash, the first one first: their average."""
TIMES = ("first", "last", "year")
"""Parameters that `period` sets if a measure has no parameter of that name."""
_SPAN_MEASURES = ("cagr", "first_destination_changes", "growing_markets")
"""Measures that compare their last period with their first; `period` sets only the last, or the two would be equal."""
_NAMES = {
    "economy": "SELECT economy AS code, name_en AS name FROM fact.economy",
    "group": "SELECT group_code AS code, name_en AS name FROM fact.economy_group",
    "product": "SELECT product AS code, name_en AS name FROM fact.product",
    "imported": "SELECT DISTINCT source_id AS code, title AS name FROM fact.trade_flow JOIN fact.source USING (source_id)",  # noqa: E501
    "products": "SELECT DISTINCT source_id AS code, title AS name FROM hs_coverage JOIN fact.source USING (source_id)",
}


def bind(store: Store, measure: Measure, entries: dict[str, Any]) -> dict[str, Any]:
    """All parameters of `measure` with their values, defaults filled in. `period` sets those in `TIMES`.

    Economies and groups may be given by any of their codes (ISO alpha-3 and alpha-2, UN M49) or names.

    Raises:
        UnknownName: a parameter, economy, group or product that does not exist.
        BadParameter: a value outside its domain.
    """
    entries = with_period(measure, entries)
    for name in entries:
        if name not in measure.parameters:
            raise UnknownName("parameter_of", name, measure.parameters, of=measure.id)
    values = {name: _value(store, name, parameter, entries.get(name)) for name, parameter in measure.parameters.items()}
    _check_span(values)
    for name, value in values.items():
        parameter = measure.parameters[name]
        if value != parameter.default and not measure.used(name, values):
            needed = [
                f"{other}={value}" if fitting else other
                for other, fitting in (parameter.only or {}).items()
                for value in fitting[:1] or [""]
            ]
            raise BadParameter("parameter_unused", name=name, needed=needed)
    return values


def _check_span(values: dict[str, Any]) -> None:
    """Check that a span begins before it ends, and that years are given for figures by year."""
    first, last = (str(values.get(name) or "") for name in ("first", "last"))
    for name, code in (("first", first), ("last", last)):
        if values.get("freq") == "A" and len(code) > len("2025"):
            raise BadParameter("year", name=name, given=shorten(code))
    length = 4 if ("Q" in first) != ("Q" in last) else len(last)
    if first and last and first[:length] > last[:length]:
        raise BadParameter("first_after_last", first=first, last=last)


def takes_period(measure: Measure) -> bool:
    """Whether `period` may be given: the measure has it, or a parameter that it sets."""
    return any(name in measure.parameters for name in ("period", *TIMES))


def with_period(measure: Measure, entries: dict[str, Any]) -> dict[str, Any]:
    """The parameters with `period` replaced by those of the measure: its first and last period, or its year.

    A measure's own `period` is used where it has an effect beside the other parameters. A measure that compares `first`
    with `last` keeps its usual start and ends with the period. A month or quarter selects that frequency if the measure
    has one and it is not given.

    Raises:
        BadParameter: it is not a period, not a year for a measure by year, or a parameter that it sets is given too.
    """
    period = entries.get("period")
    others = {name: value for name, value in entries.items() if name != "period"}
    if not takes_period(measure):
        return entries
    usual = {name: parameter.default for name, parameter in measure.parameters.items()}
    own = "period" in measure.parameters and measure.used("period", usual | entries)
    if period is None or period == "":
        return entries if own else others
    freq = measure.parameters.get("freq")
    monthly = {}
    often = "Q" if "-Q" in str(period) else "M"
    if len(str(period)) == len("2025-06") and freq and freq.default == "A" and often in freq.domain:
        monthly = {} if entries.get("freq") else {"freq": often}
    if own:
        if measure.parameters["period"].domain == "year":
            _check_year(str(period))
        return entries | monthly
    _check_period("period", period)
    stands_for = [name for name in TIMES if name in measure.parameters]
    if "first" in stands_for and measure.id in _SPAN_MEASURES:
        stands_for.remove("first")
    if both := [name for name in stands_for if entries.get(name) not in (None, "")]:
        raise BadParameter("period_twice", name=both[0])
    return others | monthly | {name: _end(measure, name, str(period), entries) for name in stands_for}


def _end(measure: Measure, name: str, period: str, entries: dict[str, Any]) -> str:
    """The value of the parameter `name` (first, last or year) for `period`."""
    if measure.parameters[name].domain == "year":
        _check_year(period)
        return period
    freq = measure.parameters.get("freq")
    often = str(entries.get("freq") or (freq.default if freq else ""))
    whole_year = name == "last" and len(period) == len("2025") and often != "A"
    return f"{period}-{'Q4' if often == 'Q' else '12'}" if whole_year else period


def _check_year(period: str) -> None:
    if not re.fullmatch(r"\d{4}", period, re.ASCII):
        raise BadParameter("year", name="period", given=shorten(period))


def _value(store: Store, name: str, parameter: Parameter, entry: Any) -> Any:
    if entry is None or entry == "":
        return parameter.default
    if isinstance(parameter.domain, list):
        more = known_codes(store, parameter.besides) if parameter.besides else {}
        return _one_of(name, [*parameter.domain, *more], entry)
    if parameter.domain == "partner":
        return partner(store, str(entry))
    if parameter.domain == "partners":
        return " ".join(_members(store, str(entry).split()))
    if parameter.domain == "shocks":
        return ",".join(_shock(store, name, pair) for pair in str(entry).split(","))
    if parameter.domain in _NAMES:
        return _known(store, parameter.domain, str(entry))
    return _READERS[parameter.domain](name, parameter, entry)


def _one_of(name: str, domain: list[str], entry: Any) -> str:
    text = str(entry).lower() if isinstance(entry, bool) else str(entry)
    exact = {value.casefold(): value for value in domain}
    if text.casefold() not in exact:
        raise UnknownName("value_of", entry, domain, of=name)
    return exact[text.casefold()]


def _known(store: Store, kind: str, entry: str) -> str:
    """The code that `entry` is, in any case, or the code of the entity with this name."""
    names = known_codes(store, kind)
    for code, name in names.items():
        if entry.casefold() in (code.casefold(), name.casefold()):
            return code
    labels = [f"{code} ({name})" for code, name in names.items()]
    if kind in ("economy", "group"):
        return _by_any_name(store, kind, entry, names)
    raise UnknownName(kind, entry, [label for label in labels if entry.casefold()[:3] in label.casefold()] or labels)


def partner(store: Store, entry: str) -> str:
    """The code of a partner: an economy, a group, or a user-defined group whose members are codes or names.

    Raises:
        UnknownName: there is no such economy or group; the message suggests similar names.
        BadParameter: a user-defined group is malformed.
    """
    if not own_groups.is_own(entry):
        return _economy_or_group(store, entry)
    name, colon, listed = entry.removeprefix(own_groups.MARK).rpartition(":")
    codes = _members(store, [text.strip() for text in listed.split(".") if text.strip()])
    group = own_groups.read(f"{own_groups.MARK}{name}:{'.'.join(codes)}") if colon else None
    if group is None or not group.parts:
        raise BadParameter("own_group", given=shorten(entry))
    return group.code


def _members(store: Store, texts: list[str]) -> list[str]:
    """The codes of the members of a user-defined group, with a minus before those left out."""
    return [
        own_groups.LEFT_OUT * text.startswith(own_groups.LEFT_OUT)
        + _economy_or_group(store, text.removeprefix(own_groups.LEFT_OUT))
        for text in texts
    ]


def _shock(store: Store, name: str, pair: str) -> str:
    """A market and its shock in per cent, `USA:-20`."""
    economy, _, percent = pair.partition(":")
    limits = Parameter(domain="number", minimum=-100, maximum=1000, help=name)
    return f"{_known(store, 'economy', economy.strip())}:{_number(name, limits, percent):g}"


def _economy_or_group(store: Store, entry: str) -> str:
    economies, groups = known_codes(store, "economy"), known_codes(store, "group")
    for names in (economies, groups):
        for code, name in names.items():
            if entry.casefold() in (code.casefold(), name.casefold()):
                return code
    return _by_any_name(store, "partner", entry, economies | groups)


def _by_any_name(store: Store, kind: str, entry: str, names: dict[str, str]) -> str:
    """The code of an economy or group by its UN number, or by a name that any publisher uses."""
    known = economy_names(store)
    code = known.find(f"m49 {int(entry)}" if entry.isdecimal() and entry.isascii() else entry)
    if code in names:
        return str(code)
    if kind == "economy" and code in known_codes(store, "group"):
        raise BadParameter("group_given", given=shorten(entry), code=code)
    near = dict.fromkeys(known.find(label) for label in known.nearest(entry))
    raise UnknownName(
        kind, entry, [f"{near_code} ({names[near_code]})" for near_code in near if near_code in names] or names
    )


@cached_per_version
def economy_names(store: Store) -> Names:  # noqa: ARG001 - the key: another store may come with other names
    """Names of economies and groups, as publishers and people write them."""
    return read_names(paths.data())


@cached_per_version
def known_codes(store: Store, kind: str) -> dict[str, str]:
    """Codes and English names of the store's economies, groups or products."""
    frame = store.query(_NAMES[kind] + " ORDER BY 1")
    return dict(zip(frame["code"], frame["name"], strict=True))


@cached_per_version
def group_kinds(store: Store) -> dict[str, str]:
    """The kind of each group, by code: bloc, continent, region, world."""
    frame = store.query("SELECT group_code, kind FROM fact.economy_group ORDER BY 1")
    return dict(zip(frame["group_code"], frame["kind"], strict=True))


@cached_per_version
def group_definitions(store: Store) -> dict[str, str]:
    """What each group is, in one English sentence, by code."""
    frame = store.query("SELECT group_code, definition FROM fact.economy_group ORDER BY 1")
    return dict(zip(frame["group_code"], frame["definition"], strict=True))


def _integer(name: str, parameter: Parameter, entry: Any) -> int:
    try:
        value = int(str(entry))
    except ValueError:
        raise BadParameter("whole_number", name=name, given=shorten(entry)) from None
    if abs(value) >= 2**63:
        raise BadParameter("too_long", name=name, given=shorten(entry))
    return int(_within(name, parameter, value))


def _number(name: str, parameter: Parameter, entry: Any) -> float:
    try:
        value = float(str(entry))
    except ValueError:
        raise BadParameter("number", name=name, given=shorten(entry)) from None
    if value != value or abs(value) == float("inf"):
        raise BadParameter("finite", name=name, given=shorten(entry))
    return _within(name, parameter, value)


def _within(name: str, parameter: Parameter, value: float) -> float:
    low, high = parameter.minimum, parameter.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise BadParameter("between", name=name, low=_bound(low), high=_bound(high), given=f"{value:g}")
    return value


def _bound(limit: float | None) -> Value:
    return Message("any_bound") if limit is None else f"{limit:g}"


def _boolean(name: str, _: Parameter, entry: Any) -> bool:
    text = str(entry).casefold()
    if text not in _TRUE | _FALSE:
        raise BadParameter("boolean", name=name, given=shorten(entry))
    return text in _TRUE


def _check_period(name: str, entry: Any) -> None:
    if not _PERIOD.fullmatch(str(entry)):
        raise BadParameter("period", name=name, given=shorten(entry))


def _period(name: str, _: Parameter, entry: Any) -> str:
    years = _TWO_YEARS.fullmatch(str(entry)) if name == "period" else None
    if not years or years[1] >= years[2]:
        _check_period(name, entry)
    return str(entry)


def _date(name: str, _: Parameter, entry: Any) -> str:
    try:
        return of_the_calendar(str(entry))
    except ValueError:
        raise BadParameter("date", name=name, given=shorten(entry)) from None


def _text(_name: str, _: Parameter, entry: Any) -> str:
    return str(entry)


_READERS: dict[str, Callable[[str, Parameter, Any], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "period": _period,
    "year": _integer,
    "text": _text,
}

"""From what a reader asked to what a measure's SQL binds: every value checked against its declared domain."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from trade.errors import BadParameter, Message, UnknownName, Value, shorten
from trade.measures.catalog import Measure, Parameter
from trade.store import Store
from trade.store.version_cache import cached_per_version

_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2])|/\d{4})?")
"""A year, a month, or two years with a stroke: their mean."""
_NAMES = {
    "economy": "SELECT economy AS code, name_en AS name FROM fact.economy",
    "group": "SELECT group_code AS code, name_en AS name FROM fact.economy_group",
    "product": "SELECT product AS code, name_en AS name FROM fact.product",
    "imported": "SELECT DISTINCT source_id AS code, title AS name FROM fact.trade_flow JOIN fact.source USING (source_id)",  # noqa: E501
    "products": "SELECT DISTINCT source_id AS code, title AS name FROM hs_coverage JOIN fact.source USING (source_id)",
}


def bind(store: Store, measure: Measure, entries: dict[str, Any]) -> dict[str, Any]:
    """All parameters of `measure` with their values, defaults filled in.

    Raises:
        UnknownName: a parameter, economy, group or product that does not exist.
        BadParameter: a value outside its domain.
    """
    for name in entries:
        if name not in measure.parameters:
            raise UnknownName("parameter_of", name, measure.parameters, of=measure.id)
    return {name: _value(store, name, parameter, entries.get(name)) for name, parameter in measure.parameters.items()}


def _value(store: Store, name: str, parameter: Parameter, entry: Any) -> Any:
    if entry is None or entry == "":
        return parameter.default
    if isinstance(parameter.domain, list):
        more = known_codes(store, parameter.besides) if parameter.besides else {}
        return _one_of(name, [*parameter.domain, *more], entry)
    if parameter.domain in _NAMES:
        return _known(store, parameter.domain, str(entry))
    return _READ[parameter.domain](name, parameter, entry)


def _one_of(name: str, domain: list[str], entry: Any) -> str:
    text = str(entry).lower() if isinstance(entry, bool) else str(entry)
    exact = {value.casefold(): value for value in domain}
    if text.casefold() not in exact:
        raise UnknownName("value_of", entry, domain, of=name)
    return exact[text.casefold()]


def _known(store: Store, kind: str, entry: str) -> str:
    """A code as entry, in its own case, or the code of the thing that bears this English name."""
    names = known_codes(store, kind)
    for code, name in names.items():
        if entry.casefold() in (code.casefold(), name.casefold()):
            return code
    labels = [f"{code} ({name})" for code, name in names.items()]
    raise UnknownName(kind, entry, [label for label in labels if entry.casefold()[:3] in label.casefold()] or labels)


@cached_per_version
def known_codes(store: Store, kind: str) -> dict[str, str]:
    """Codes and English names of the store's economies, groups or products."""
    frame = store.query(_NAMES[kind] + " ORDER BY 1")
    return dict(zip(frame["code"], frame["name"], strict=True))


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


def _period(name: str, _: Parameter, entry: Any) -> str:
    if not _PERIOD.fullmatch(str(entry)):
        raise BadParameter("period", name=name, given=shorten(entry))
    return str(entry)


def _text(_name: str, _: Parameter, entry: Any) -> str:
    return str(entry)


_READ: dict[str, Callable[[str, Parameter, Any], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "period": _period,
    "year": _integer,
    "text": _text,
}

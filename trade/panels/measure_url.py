"""Convert between a measure with its parameters and the choices in a URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trade.measures import find_measure
from trade.measures.claims import official_statements
from trade.panels import run_context
from trade.panels.fields import FIELDS

SHARED = ("flow", "currency", "freq", "period", "partner")
"""Parameters with a URL field of their own, because other pages have them too; all others share the field `ask`."""
Parameters = dict[str, str]


def parse(code: str) -> Parameters:
    """`by=partner;first=2010` as a mapping; a part that is not `name=value` is left out."""
    return official_statements.pairs(";".join(part for part in code.split(";") if "=" in part))


def written(parameters: Parameters) -> str:
    """The field's code: the inverse of `parse`."""
    return ";".join(f"{name}={value}" for name, value in parameters.items())


def link(measure: str, params: Mapping[str, Any]) -> Parameters:
    """The URL parameters with which Explore shows the same result: shared fields by name, all others in the field
    `ask`.

    Values equal to the measure's default are left out of `ask`. A value of a shared field that other pages do not
    accept (`auto`) goes into `ask` too.
    """
    known = find_measure(measure).parameters
    texts = {name: as_text(value) for name, value in params.items() if value is not None}
    shared = {name: value for name, value in texts.items() if is_shared(name, value, as_text(known[name].default))}
    others = {
        name: value
        for name, value in texts.items()
        if name not in shared and (name in SHARED or value != as_text(known[name].default))
    }
    code = run_context.current().choices.get("lang", "")
    language = {"lang": code} if code else {}
    return {"measure": measure} | shared | ({"ask": written(others)} if others else {}) | language


def is_shared(name: str, value: str, default: str) -> bool:
    """Whether a value goes into the field shared by all pages. A field at its default is left out of the URL, so a
    value equal to the field's default goes there only if it is the measure's default too."""
    return name in SHARED and FIELDS[name].accepts(value) and (value != FIELDS[name].default or value == default)


def as_text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

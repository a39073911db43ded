"""A measure with its parameters as the choices of a URL, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trade.measures import find_measure
from trade.measures.claims import official_statements
from trade.panels import run_context
from trade.panels.fields import FIELDS

SHARED = ("flow", "currency", "freq", "period", "partner")
"""Parameters that are fields of their own, because other pages have them too."""
Asked = dict[str, str]


def parse(code: str) -> Asked:
    """`by=partner;first=2010` as a mapping; a part that is not `name=value` is left out."""
    return official_statements.pairs(";".join(part for part in code.split(";") if "=" in part))


def written(parameters: Asked) -> str:
    """The field's code: the inverse of `parse`."""
    return ";".join(f"{name}={value}" for name, value in parameters.items())


def link(measure: str, params: Mapping[str, Any]) -> Asked:
    """The parameters of the URL with which Explore asks the same: shared fields by their own names, the others in one.

    Of the others, what the measure would take anyway is left out. A value that other pages do not know (`auto`) stands
    with the others.
    """
    known = find_measure(measure).parameters
    given = {name: as_text(value) for name, value in params.items() if value is not None}
    shared = {name: value for name, value in given.items() if is_shared(name, value, as_text(known[name].default))}
    others = {
        name: value
        for name, value in given.items()
        if name not in shared and (name in SHARED or value != as_text(known[name].default))
    }
    code = run_context.current().choices.get("lang", "")
    language = {"lang": code} if code else {}
    return {"measure": measure} | shared | ({"ask": written(others)} if others else {}) | language


def is_shared(name: str, value: str, default: str) -> bool:
    """Whether a value stands in the field of all pages: not one that the field has unchosen and the measure has not."""
    return name in SHARED and FIELDS[name].accepts(value) and (value != FIELDS[name].default or value == default)


def as_text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

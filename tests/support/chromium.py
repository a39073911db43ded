"""Selectors and colours that browser tests look for."""

from __future__ import annotations

FAULTS = "[data-testid=stException], [data-testid=stAlertContentError], [data-testid=stAlertContentWarning]"
"""Anything on a page that says something went wrong."""


def rgb(colour: str) -> str:
    """`#rrggbb` as a browser writes a computed colour."""
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))

"""What whoever runs the server may set, all in the environment. docs/security.md lists them.

Secrets are no settings: they come from Streamlit's secrets only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from trade.errors import BadParameter, Message, shorten

HOSTS, FRAMES, CHANGES = "TRADE_HOSTS", "TRADE_FRAMES", "TRADE_CHANGES"
_HOST = re.compile(r"\*|(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)
_FRAME = re.compile(r"'none'|'self'|\*|https?:|https?://[a-z0-9*.:\[\]-]+", re.ASCII)
_SWITCH = ("loopback", "signed-in", "off")


def hosts() -> tuple[str, ...]:
    """Names under which the server may be asked: `TRADE_HOSTS=trade.example.org,*.example.org`; `*` is any.

    Raises:
        BadParameter: one is not a name.
    """
    return _words(HOSTS, _HOST, "setting.a_host")


def frames() -> tuple[str, ...]:
    """Pages that may show a chart of ours in a frame (`TRADE_FRAMES=https://news.example.org`); empty: not set.

    Raises:
        BadParameter: one is not an origin.
    """
    return _words(FRAMES, _FRAME, "setting.an_origin")


def changes() -> str:
    """Who may change data from the page: `loopback` (a reader on this machine, the default), `signed-in` or `off`.

    Raises:
        BadParameter: it is something else.
    """
    said = os.environ.get(CHANGES, "").strip().lower() or _SWITCH[0]
    if said not in _SWITCH:
        raise BadParameter("setting.one_of", name=CHANGES, good=_SWITCH, given=shorten(said))
    return said


def check() -> None:
    """Read every setting once, so that a wrong one stops the server at its start.

    Raises:
        BadParameter: names the setting, what it says and what it may be.
    """
    hosts()
    frames()
    changes()


def _words(name: str, form: re.Pattern[str], good: str) -> tuple[str, ...]:
    words: Sequence[str] = [one.strip().lower() for one in os.environ.get(name, "").split(",")]
    for one in words:
        if one and not form.fullmatch(one):
            raise BadParameter("setting.holds", name=name, given=shorten(one), good=Message(good))
    return tuple(one for one in words if one)

"""Who may change data from the page. Anyone may read; changing data needs a local user or a sign-in.

Without sign-in, only a user on the server's own machine may change data: the server listens on the loopback address, no
public host name is configured, and the request came through no proxy or frame. With OpenID Connect in Streamlit's
secrets (`[auth]`), the users in `[trade] editors` may. `TRADE_CHANGES=off` forbids it to everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.util import find_spec
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitAPIException, StreamlitSecretNotFoundError

from trade import settings
from trade.panels.language import say
from trade.text.markdown import plain

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PROXY = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-original-host",
)


@dataclass(frozen=True)
class Situation:
    """The inputs of the decision. `address` is what the server listens on; `editors` are e-mails or patterns
    (`*@x.org`)."""

    changes: str
    address: str
    hosts: tuple[str, ...]
    headers: Mapping[str, str]
    embedded: bool
    configured: bool
    signed_in: bool
    email: str
    verified: bool
    editors: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """Whether data may be changed; if not, `reason` is the key of the sentence that says why."""

    allowed: bool
    reason: str = ""


def decide(now: Situation) -> Decision:
    """Decide whether data may be changed. Does not use Streamlit."""
    if now.changes == "off":
        return Decision(False, "signin.off")
    if now.embedded:
        return Decision(False, "signin.embedded")
    if now.configured:
        return _by_name(now)
    if now.changes == "signed-in":
        return Decision(False, "signin.unconfigured")
    return Decision(True) if _is_local(now) else Decision(False, "signin.elsewhere")


def _by_name(now: Situation) -> Decision:
    if not now.signed_in:
        return Decision(False, "signin.ask")
    if now.email and now.verified and any(fnmatchcase(now.email, pattern) for pattern in now.editors):
        return Decision(True)
    return Decision(False, "signin.stranger")


def _is_local(now: Situation) -> bool:
    """Whether the user is on the server's machine; a single sign of a remote origin is enough for False."""
    seen = {name.lower(): value for name, value in now.headers.items()}
    origin, host = seen.get("origin"), seen.get("host", "")
    return (
        now.address in LOOPBACK
        and not now.hosts
        and not any(name in seen for name in _PROXY)
        and _name(f"//{host}") in LOOPBACK
        and (origin is None or _name(origin) in LOOPBACK)
    )


def _name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def situation() -> Situation:
    """The situation of the user of this session."""
    configured, editors = _secrets()
    user = dict(st.user) if configured else {}
    return Situation(
        changes=settings.changes(),
        address=str(st.get_option("server.address") or ""),
        hosts=settings.hosts(),
        headers=dict(st.context.headers),
        embedded=bool(st.context.is_embedded),
        configured=configured,
        signed_in=bool(user.get("is_logged_in")),
        email=str(user.get("email") or "").strip().lower(),
        verified=user.get("email_verified") is not False,
        editors=editors,
    )


def _secrets() -> tuple[bool, tuple[str, ...]]:
    """Whether sign-in is configured, and who may change data."""
    try:
        configured = "auth" in st.secrets
        named = st.secrets["trade"].get("editors", []) if "trade" in st.secrets else []
    except (StreamlitSecretNotFoundError, AttributeError, KeyError):
        return False, ()
    listed = [named] if isinstance(named, str) else list(named)
    return configured, tuple(str(editor).strip().lower() for editor in listed)


def allowed() -> bool:
    """Whether this user may change data: build, import, update."""
    return decide(situation()).allowed


def who() -> str:
    """The user's name for the audit log: the e-mail if signed in, else `reader on this machine`."""
    now = situation()
    return now.email if now.signed_in and now.email else "reader on this machine"


def check_and_explain() -> bool:
    """`allowed()`, and draw the reason if not, and the buttons to sign in or out."""
    now = situation()
    decision = decide(now)
    if not decision.allowed:
        st.info(plain(say(decision.reason)))
    if now.configured and not now.embedded:
        if now.signed_in:
            if st.button(say("signin.out", email=now.email), key="sign_out"):
                st.logout()
        elif st.button(say("signin.in"), key="sign_in", disabled=find_spec("authlib") is None):
            _sign_in()
    return decision.allowed


def _sign_in() -> None:
    """Start the sign-in; show an error if the `[auth]` section is wrong, which only the operator can correct."""
    try:
        st.login()
    except StreamlitAPIException:
        st.error(plain(say("signin.broken")))

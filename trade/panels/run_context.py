"""The state of one run: the language, the choices in force, and the store that answers.

Whatever draws a panel (a page, the command line, the HTTP API, a handout) opens a run with `running`. Within it the
language, the choices and the store are the same for everything that is drawn, whatever other threads do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from trade.store import Store, open_store
from trade.text import formats


@dataclass
class RunContext:
    """`choices` are codes by the name of their field; what is missing has its default. Without a `store`, the one in
    service is used. `today` is the date by the user's clock. A run that draws a page sets `page` to its path and fills,
    while it draws, `in_force` (the code of each control), `in_words` (the words for those codes) and `charts` (the keys
    of the charts drawn)."""

    lang: str = formats.LANGUAGES[0]
    choices: Mapping[str, str] = field(default_factory=dict)
    store: Store | None = None
    today: date = field(default_factory=date.today)
    page: str = ""
    in_force: dict[str, str] = field(default_factory=dict)
    in_words: dict[str, str] = field(default_factory=dict)
    charts: list[str] = field(default_factory=list)


_CURRENT: ContextVar[RunContext | None] = ContextVar("run context", default=None)
_outside: Callable[[], RunContext] = RunContext


@contextmanager
def running(context: RunContext) -> Iterator[RunContext]:
    """Make `context` the current one until the block ends."""
    token = _CURRENT.set(context)
    try:
        yield context
    finally:
        _CURRENT.reset(token)


def current() -> RunContext:
    """The context of this run; outside any run the one from `set_outside`, else the defaults."""
    return _CURRENT.get() or _outside()


def is_running() -> bool:
    """Whether a run is open."""
    return _CURRENT.get() is not None


def set_outside(provider: Callable[[], RunContext]) -> None:
    """Set the fallback for `current` outside a run: Streamlit calls the callbacks of controls before the page's
    script."""
    global _outside
    _outside = provider


def store() -> Store:
    """The store of this run.

    Raises:
        StoreMissing, StoreDamaged: the run named none, and none is in service.
    """
    return current().store or open_store()


def today() -> str:
    """The date by the user's clock, as `2026-11-28`. Cached functions must take it as an argument instead of calling
    this."""
    return current().today.isoformat()

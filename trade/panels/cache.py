"""Caches shared by all users: rows of measures, texts about them, figures.

A panel is a function of the store, the language and the choices. Every `Result` has its own `serial`, which is part of
the cache key of whatever is made from it. A new version of the store gives new results with new serials, so an outdated
value is never shown. Cached values are shared: never change one. Negative results are cached too; they are often the
slowest to compute.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

import pandas as pd
from cachetools import LRUCache

from trade.errors import NoRows
from trade.measures import Result
from trade.panels.language import lang
from trade.panels.run_context import store

P = ParamSpec("P")
T = TypeVar("T")
_Entry = tuple[Any, NoRows | None, tuple[Any, ...]]


class Cache:
    """An LRU cache of at most `most` entries. Thread-safe: values are computed outside the lock."""

    def __init__(self, most: int) -> None:
        self._entries: LRUCache[Hashable, _Entry] = LRUCache(most)
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T], keep_alive: Callable[[], Iterable[object]] = tuple) -> T:
        """The value cached under `key`, else what `make` returns.

        `keep_alive` returns the objects whose `id()` is part of the key. The entry keeps a reference to them: otherwise
        Python could give the same id to a new object, which would then match the old key.

        Raises:
            NoRows: `make` raised it, in this call or in the earlier one whose outcome is cached.
        """
        with self._lock:
            entry = self._entries.get(key)
        if entry is None:
            entry = self._computed(make, tuple(keep_alive()))
            with self._lock:
                self._entries[key] = entry
        value, gap, _ = entry
        if gap is not None:
            raise gap.with_traceback(None)
        return cast(T, value)

    @staticmethod
    def _computed(make: Callable[[], object], keep_alive: tuple[Any, ...]) -> _Entry:
        try:
            return make(), None, keep_alive
        except NoRows as gap:
            gap.__context__ = gap.__cause__ = None
            return None, gap.with_traceback(None), keep_alive

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        """Remove all entries."""
        with self._lock:
            self._entries.clear()


RESULTS, TEXTS, FIGURES = Cache(2000), Cache(8000), Cache(1000)
"""Rows of measures and tables joined from them; texts about them; figures."""


def cache_key(value: object) -> Hashable:
    """A hashable key for one argument. Frames, which are shared and never changed, are keyed by their `id()`."""
    if isinstance(value, Result):
        return ("result", value.serial)
    if isinstance(value, pd.DataFrame | pd.Series):
        return ("frame", id(value))
    if isinstance(value, Mapping):
        return tuple((name, cache_key(item)) for name, item in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(cache_key, value))
    return value


def _frames_in(value: object) -> Iterator[object]:
    """The frames and series among the arguments, which `cache_key` identifies by `id()`. Results are left out: their
    key is a serial number, so their rows may be freed while a text made from them stays cached."""
    if isinstance(value, pd.DataFrame | pd.Series):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _frames_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _frames_in(item)


def cached(cache: Cache) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorate a function of results and plain values whose return value depends only on them and the language."""

    def around(make: Callable[P, T]) -> Callable[P, T]:
        @wraps(make)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (make, lang(), cache_key(args), cache_key(kwargs))
            return cache.get(key, lambda: make(*args, **kwargs), lambda: _frames_in((args, kwargs)))

        return call

    return around


cached_text = cached(TEXTS)
"""For texts about results."""


def cached_per_store(make: Callable[P, T]) -> Callable[P, T]:
    """Cache what `make` returns per store version, language and arguments: for functions that combine several results.

    The return value may depend on nothing else: not on the choices of the run, unless they are among the arguments.
    """

    @wraps(make)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (store().version, lang(), make, cache_key(args), cache_key(kwargs))
        return RESULTS.get(key, lambda: make(*args, **kwargs), lambda: _frames_in((args, kwargs)))

    return call

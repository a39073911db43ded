"""What was made for one reader is kept for the next: answers, and whatever is made of them alone.

A page is a function of the store, the language and the reader's choices. `Result.serial` tells results apart, so what
is made of one is found again by it; a new version of the store gives new results, and nothing old is shown. What is
kept is shared: never change it. That a question has no answer is an answer too, and often the dearest.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.ui.core.language import lang

P = ParamSpec("P")
T = TypeVar("T")
_Entry = tuple[Any, NoRows | None, tuple[Any, ...]]


class Memory:
    """The things used last, so many of them. Threads may share it; nothing slow happens under its lock."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T], alive: tuple[Any, ...] = ()) -> T:
        """What is kept under `key`, else what `make` returns. `alive` are objects that the key knows by their place in
        memory: they are held as long, so that no other takes that place.

        Raises:
            NoRows: `make` did, now or when it was asked before.
        """
        with self._guard:
            entry = self._held.get(key)
            if entry is not None:
                self._held.move_to_end(key)
        if entry is None:
            entry = self._made(make, alive)
            with self._guard:
                self._held[key] = entry
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        value, gap, _ = entry
        if gap is not None:
            raise gap.with_traceback(None)
        return cast(T, value)

    @staticmethod
    def _made(make: Callable[[], object], alive: tuple[Any, ...]) -> _Entry:
        try:
            return make(), None, alive
        except NoRows as gap:
            gap.__context__ = gap.__cause__ = None
            return None, gap.with_traceback(None), alive

    def __len__(self) -> int:
        return len(self._held)

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._held.clear()


ANSWERS, PARTS, FIGURES = Memory(2000), Memory(8000), Memory(1000)
"""Rows of measures and what is joined of them; words about them; figures."""


def key_of(value: object) -> Hashable:
    """What tells one argument from another. Frames count as the objects they are: they are shared and never changed."""
    if isinstance(value, Result):
        return ("result", value.serial)
    if isinstance(value, pd.DataFrame | pd.Series):
        return ("frame", id(value))
    if isinstance(value, Mapping):
        return tuple((name, key_of(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(key_of, value))
    return value


def kept(memory: Memory) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorates a function of results and plain values whose result hangs on nothing else but the language."""

    def around(make: Callable[P, T]) -> Callable[P, T]:
        @wraps(make)
        def found(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (make, lang(), key_of(args), key_of(kwargs))
            return memory.get(key, lambda: make(*args, **kwargs), (args, kwargs))

        return found

    return around


words = kept(PARTS)
"""For what is said about results."""

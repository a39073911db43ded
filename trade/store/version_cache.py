"""A bounded cache for values that are often read from a store, such as the names of economies."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from cachetools import LRUCache, cached

from trade.store.connect import Store

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 64


def cached_per_version(read: Callable[Concatenate[Store, P], T]) -> Callable[Concatenate[Store, P], T]:
    """Cache the 64 most recently used results of a function of a store and hashable arguments. Never modify a result.

    The cache key has the version instead of the store, so that it does not keep a former store open.
    """

    def key(store: Store, *args: P.args, **kwargs: P.kwargs) -> Hashable:
        return store.version, args, tuple(sorted(kwargs.items()))

    return cached(LRUCache(_MOST), key=key, lock=Lock())(read)

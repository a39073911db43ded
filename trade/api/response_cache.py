"""An LRU cache of response bodies, limited in number and in bytes."""

from __future__ import annotations

import threading
from collections.abc import Hashable

from cachetools import LRUCache


class BodyCache:
    """Response bodies by key. Thread-safe."""

    def __init__(self, most: int, most_bytes: int) -> None:
        # a small body counts with a minimum size, which limits the number of bodies too
        share = most_bytes // most
        self._bodies: LRUCache[Hashable, bytes] = LRUCache(most_bytes, getsizeof=lambda body: max(len(body), share))
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._lock:
            return self._bodies.get(key)

    def put(self, key: Hashable, body: bytes) -> None:
        """Cache `body`, unless it is larger than a quarter of the cache and would evict too many others."""
        if len(body) <= self._most_bytes // 4:
            with self._lock:
                self._bodies[key] = body

    @property
    def bytes(self) -> int:
        """Bytes of all bodies."""
        with self._lock:
            return sum(map(len, self._bodies.values()))

    def __len__(self) -> int:
        return len(self._bodies)

"""Bodies of answers, cached for the next user: bounded in number and in bytes, the longest unused goes first."""

from __future__ import annotations

import threading
from collections.abc import Hashable

from cachetools import LRUCache


class BodyCache:
    """Bodies by key. Threads may share it; nothing slow happens under its lock."""

    def __init__(self, most: int, most_bytes: int) -> None:
        # a small body counts as its share of the room, which bounds the number of bodies too
        share = most_bytes // most
        self._bodies: LRUCache[Hashable, bytes] = LRUCache(most_bytes, getsizeof=lambda body: max(len(body), share))
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._lock:
            return self._bodies.get(key)

    def put(self, key: Hashable, body: bytes) -> None:
        """Cache `body`, unless it alone would fill a quarter of the room: it would drive all others out."""
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

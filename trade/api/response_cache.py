"""Answers kept for the next reader: bounded in number and in bytes, the one longest unused goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable


class Kept:
    """Bodies by key. Threads may share it; nothing slow happens under its lock."""

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._guard = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._guard:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: Hashable, body: bytes) -> None:
        """Keep `body`, unless it alone would fill a quarter of the room: it would drive all others out."""
        if len(body) > self._most_bytes // 4:
            return
        with self._guard:
            self._bytes -= len(self._held.pop(key, b""))
            self._held[key] = body
            self._bytes += len(body)
            while len(self._held) > self._most or self._bytes > self._most_bytes:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= len(dropped)

    @property
    def bytes(self) -> int:
        return self._bytes

    def __len__(self) -> int:
        return len(self._held)

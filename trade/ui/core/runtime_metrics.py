"""Metrics of the pages' process: connected users, cached results, uploaded files."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def read() -> Mapping[str, Mapping[str, float]]:
    """Gauges by name and part. Resource caches are measured in entries, data caches in bytes: only numbers that are
    cheap to read, so that no page is delayed."""
    if not runtime.exists():
        return {}
    from trade.panels.cache import FIGURES, RESULTS, TEXTS  # here: the server's start needs no panels

    sessions, caches = {"active": 0.0}, dict[str, float]()
    stats = runtime.get_instance().stats_mgr.get_stats(family_names=["active_sessions", "cache_memory_bytes"])
    for stat in stats.get("active_sessions", ()):
        sessions["active"] = float(getattr(stat, "value", 0))
    for stat in stats.get("cache_memory_bytes", ()):
        name = str(getattr(stat, "cache_name", "")) or str(getattr(stat, "category_name", ""))
        caches[name] = caches.get(name, 0.0) + float(getattr(stat, "byte_length", 0))
    caches |= {"answers": float(len(RESULTS)), "words": float(len(TEXTS)), "figures": float(len(FIGURES))}
    return {"trade_sessions": sessions, "trade_cache_size": caches}


def uploads() -> Mapping[str, int]:
    """Bytes of uploaded files in memory, by session."""
    if not runtime.exists():
        return {}
    manager = runtime.get_instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    stored = list(manager.file_storage.items())
    return {session: sum(len(file.data) for file in list(files.values())) for session, files in stored}

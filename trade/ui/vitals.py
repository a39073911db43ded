"""What the pages' process knows of itself, for /api/metrics: readers connected, answers kept."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit import runtime


def read() -> Mapping[str, Mapping[str, float]]:
    """Gauges by name, each by part. Caches of resources count their entries, caches of data their bytes: counting only,
    nothing is measured that would hold a page up."""
    if not runtime.exists():
        return {}
    sessions, caches = {"active": 0.0}, dict[str, float]()
    stats = runtime.get_instance().stats_mgr.get_stats(family_names=["active_sessions", "cache_memory_bytes"])
    for one in stats.get("active_sessions", ()):
        sessions["active"] = float(getattr(one, "value", 0))
    for one in stats.get("cache_memory_bytes", ()):
        name = str(getattr(one, "cache_name", "")) or str(getattr(one, "category_name", ""))
        caches[name] = caches.get(name, 0.0) + float(getattr(one, "byte_length", 0))
    return {"trade_sessions": sessions, "trade_cache_size": caches}

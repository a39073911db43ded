"""Names of economies in the reader's language, for lists to choose from."""

from __future__ import annotations

from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.language import lang


@cached_per_store
def markets() -> dict[str, str]:
    """China's export markets of the newest full year, the largest first: code and name."""
    rows = queries.measure("scenario").frame
    parts = rows[rows["kind"] == "part"].sort_values("base_usd", ascending=False)
    return dict(zip(parts["partner"], parts[f"name_{lang()}"].fillna(parts["name_en"]), strict=True))

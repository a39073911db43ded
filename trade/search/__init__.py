"""Search all named things: economies, groups, goods, indicators, charts, pages, statements and sources.

    search(store, "Holland")[0].link        # /partner?partner=NLD

Pages, the command line, the HTTP API, the Python interface and MCP share this function.
"""

from __future__ import annotations

from trade.errors import BadParameter
from trade.panels.run_context import RunContext, running
from trade.search.entries import Entry as Entry
from trade.search.entries import all_entries
from trade.search.index import Index
from trade.store import Store
from trade.store.version_cache import cached_per_version

MOST = 50
"""Default number of results."""
LONGEST = 200
"""Characters of a query that are used; the rest is ignored."""


def search(store: Store, words: str, lang: str = "en", most: int = MOST) -> list[Entry]:
    """The entries that match the words, best first; if none does, those with the most similar names.

    Raises:
        BadParameter: `words` is empty.
    """
    if not words.strip():
        raise BadParameter("search.nothing")
    return _index(store, lang).find(words[:LONGEST], most)


@cached_per_version
def _index(store: Store, lang: str) -> Index:
    with running(RunContext(lang, {}, store)):
        return Index(all_entries(store, lang))

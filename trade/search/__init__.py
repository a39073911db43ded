"""One search over everything that has a name: economies, groups, goods, indicators, charts, pages, statements, sources.

    search(store, "Holland")[0].link        # /partner?partner=NLD

Pages, the command line, the HTTP API, the Python interface and MCP ask the same function.
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
"""Entries of an answer where nobody says how many."""
LONGEST = 200
"""Characters that are read of a question."""


def search(store: Store, words: str, lang: str = "en", most: int = MOST) -> list[Entry]:
    """The entries that the words mean, the best first; where nothing has the words, those that look most like them.

    Raises:
        BadParameter: there are no words.
    """
    if not words.strip():
        raise BadParameter("search.nothing")
    return _index(store, lang).find(words[:LONGEST], most)


@cached_per_version
def _index(store: Store, lang: str) -> Index:
    with running(RunContext(lang, {}, store)):
        return Index(all_entries(store, lang))

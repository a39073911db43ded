"""The contract of a connector: `trade update NAME` looks it up, calls `fetch`, and does everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from trade.errors import Message, TradeError
from trade.progress import ProgressCallback, no_progress
from trade.sources.connectors.fetched_pages import Downloads
from trade.sources.delivery import Delivery
from trade.sources.economy_names import Names


class UpdateFailed(TradeError):
    """A source could not be fetched or read. Nothing was published; the next run resumes with the pages already
    fetched."""


class Unusable(UpdateFailed):
    """The pages fetched are unusable: they are deleted, so that the next run fetches all of them again."""


@dataclass(frozen=True)
class Job:
    """The input of a connector. It has no other access to the outside, so that tests can control all of it.

    Args:
        options: as given by the user (`-o key=value`), completed by the connector's defaults.
        downloads: pages fetched so far; `page` is the way to fetch.
        names: economies by any of their names and codes.
        say: progress. today: ISO date of this run.
    """

    options: Mapping[str, str]
    downloads: Downloads
    names: Names
    today: str
    say: ProgressCallback = field(default=no_progress)

    def page(self, key: str, get: Callable[[], bytes]) -> bytes:
        """The page `key`: from disk if an earlier run (even a killed one) saved it, else from `get`, then saved.

        The key must contain everything that the response depends on (`A-2024-CHN-export-0001.json`), but no credential.
        """
        return self.downloads.page(key, get)

    def reach(self, source: str, page: str | Message, done: int, count: int) -> None:
        """Report that `done` of `count` pages are read, and that `page` is next."""
        self.say(Message("progress.part", source=source, page=page, number=done + 1, count=count), done / count)


class Connector(Protocol):
    """A source that is fetched over a network.

    Raises (from `fetch`):
        UpdateFailed: one sentence: what failed, at which page, what to do.
    """

    name: str
    """As in `trade update NAME`."""
    options: Mapping[str, str]
    """Option: its default. Title and help are in the locale files, as `live.<name>.title` and
    `live.<name>.<option>`."""

    def fetch(self, job: Job) -> Delivery:
        """All pages, read and checked row by row, as one delivery. Publishes nothing."""
        ...
